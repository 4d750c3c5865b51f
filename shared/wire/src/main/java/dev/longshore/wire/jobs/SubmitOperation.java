package dev.longshore.wire.jobs;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.core.validation.Names;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.Tags;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.catalog.DefinedRoles;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;

/**
 * SubmitJob: validates in the order of {@code batch-semantics} 2.1, merges definition and
 * overrides, and hands over what the core decides on.
 */
final class SubmitOperation implements Operation<SubmitJobRequest, SubmitJobResponse> {
  private final SubmitJob submit;
  private final CatalogStore catalog;
  private final DefinitionRefs definitions;
  private final JobRoles roles;

  SubmitOperation(SubmitJob submit, CatalogStore catalog, JobRoles roles) {
    this.submit = submit;
    this.catalog = catalog;
    this.definitions = new DefinitionRefs(catalog);
    this.roles = roles;
  }

  @Override
  public SubmitJobResponse call(SubmitJobRequest request, Caller caller) {
    String name = Names.checkJob(request.jobName());
    String queueAsGiven = Require.text("jobQueue", request.jobQueue());
    String definitionAsGiven = Require.text("jobDefinition", request.jobDefinition());
    JobQueue queue = queue(queueAsGiven);
    JobDefinition found = definitions.active(definitionAsGiven, caller);
    var definition =
        WireJson.read(
            found.document(), software.amazon.awssdk.services.batch.model.JobDefinition.builder());
    DefinedRoles.of(definition, caller)
        .forEach(role -> roles.checkSubmission(caller.arn(), queue.name(), role));
    SubmissionRules.checkType(definition);
    int arraySize = SubmissionRules.arraySize(request.arrayProperties());
    SubmittedDependencies dependsOn = SubmittedDependencies.of(request.dependsOn(), arraySize);
    SubmissionRules.checkOverrides(request, definition);
    NodeGroups nodes = null;
    List<Need> needs = SubmissionRules.needs(request, definition);
    if (definition.nodeProperties() != null) {
      Stream<ComputeEnvironment> environments =
          queue.environments().stream().map(catalog::environment).flatMap(Optional::stream);
      SubmissionRules.checkMultiNode(arraySize, environments);
      EffectiveNodes effective = EffectiveNodes.of(definition, request);
      nodes = effective.groups();
      needs = effective.needs(needs);
    }
    Shape shape =
        nodes == null
            ? SubmissionRules.shape(EffectiveTask.of(definition, request).resources())
            : nodes.shapeOf(nodes.main());
    RetryStrategy retry = SubmissionRules.retry(request, definition);
    int timeout = SubmissionRules.timeout(request, definition);
    SubmissionRules.checkShare(request, queue);
    JobId id =
        submit.submit(
            queue,
            new SubmitJob.Command(
                idempotencyKey(request, caller),
                name,
                queue.name(),
                queueAsGiven,
                found.id(),
                shape,
                retry,
                timeout,
                arraySize,
                dependsOn.jobs(),
                request.shareIdentifier(),
                SubmissionRules.priority(request, definition),
                new JobDocument(document(request), Tags.check(request.tags())),
                dependsOn.order(),
                needs,
                nodes));
    return SubmitJobResponse.builder()
        .jobArn(caller.arns().job(JobKey.whole(id)))
        .jobName(name)
        .jobId(id.toString())
        .build();
  }

  private JobQueue queue(String asGiven) {
    String name =
        Arns.nameOf(Kind.JOB_QUEUE, asGiven)
            .orElseThrow(() -> new ClientFault("JobQueue " + asGiven + " not found."));
    return submit.openQueue(name, asGiven);
  }

  /** Names the call, not its content alone: two equal jobs on purpose are two jobs. */
  private static @Nullable String idempotencyKey(SubmitJobRequest request, Caller caller) {
    return caller.invocationId() == null
        ? null
        : String.join(
            "\n",
            caller.account(),
            caller.accessKeyId(),
            caller.invocationId(),
            WireJson.write(request));
  }

  /** What the job's own record does not know: kept small, it is stored with every job. */
  private static String document(SubmitJobRequest request) {
    return WireJson.write(
        request.toBuilder()
            .jobName(null)
            .jobQueue(null)
            .jobDefinition(null)
            .arrayProperties((software.amazon.awssdk.services.batch.model.ArrayProperties) null)
            .shareIdentifier(null)
            .schedulingPriorityOverride(null)
            .tags(null)
            .build());
  }
}
