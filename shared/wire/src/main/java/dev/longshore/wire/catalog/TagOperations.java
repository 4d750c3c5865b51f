package dev.longshore.wire.catalog;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.usecase.catalog.ResourceTags;
import dev.longshore.core.usecase.catalog.ResourceTags.Target;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operations;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.batch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.batch.model.TagResourceRequest;
import software.amazon.awssdk.services.batch.model.TagResourceResponse;
import software.amazon.awssdk.services.batch.model.UntagResourceRequest;
import software.amazon.awssdk.services.batch.model.UntagResourceResponse;

/** TagResource, UntagResource and ListTagsForResource ({@code batch-semantics} 1.6, 2.10). */
final class TagOperations {
  private final ResourceTags tags;

  TagOperations(ResourceTags tags) {
    this.tags = tags;
  }

  Operations operations() {
    return Operations.none()
        .with("TagResource", TagResourceRequest::builder, this::tag)
        .with("UntagResource", UntagResourceRequest::builder, this::untag)
        .with("ListTagsForResource", ListTagsForResourceRequest::builder, this::list);
  }

  private TagResourceResponse tag(TagResourceRequest request, Caller caller) {
    Target target = target(request.resourceArn());
    tags.tag(target, request.resourceArn(), request.tags());
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untag(UntagResourceRequest request, Caller caller) {
    Target target = target(request.resourceArn());
    tags.untag(target, request.resourceArn(), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse list(ListTagsForResourceRequest request, Caller caller) {
    Target target = target(request.resourceArn());
    return ListTagsForResourceResponse.builder()
        .tags(tags.list(target, request.resourceArn()))
        .build();
  }

  private static Target target(@Nullable String arn) {
    String given = Require.text("resourceArn", arn);
    return Arns.parse(given)
        .flatMap(named -> target(named, given))
        .orElseThrow(() -> new ClientFault("Resource %s does not exist".formatted(given)));
  }

  private static Optional<Target> target(Arns.Named named, String arn) {
    String name = named.name();
    return switch (named.kind()) {
      case COMPUTE_ENVIRONMENT -> Optional.of(new Target.Environment(name));
      case JOB_QUEUE -> Optional.of(new Target.Queue(name));
      case JOB_DEFINITION -> {
        Optional<DefinitionId> revision = Refs.revision(name);
        Require.that(
            revision.isPresent(), "Job definition ARN %s must end with a revision.".formatted(arn));
        yield revision.map(Target.Definition::new);
      }
      case SCHEDULING_POLICY -> Optional.of(new Target.Policy(name));
      case JOB -> {
        Optional<JobKey> key = JobKey.parse(name);
        Require.that(
            key.isEmpty() || key.get().isWhole(),
            "Child jobs of array jobs and nodes of multi-node jobs cannot have tags.");
        yield key.map(JobKey::job).map(Target.Job::new);
      }
      case CONSUMABLE_RESOURCE -> Optional.of(new Target.Consumable(name));
      case SERVICE_ENVIRONMENT, SERVICE_JOB -> Optional.empty();
    };
  }
}
