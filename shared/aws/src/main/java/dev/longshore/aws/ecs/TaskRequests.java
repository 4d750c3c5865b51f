package dev.longshore.aws.ecs;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.TaskRunner.Start;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Quotas;
import dev.longshore.wire.catalog.ComputeDocuments;
import dev.longshore.wire.jobs.EffectiveTask;
import dev.longshore.wire.jobs.JobEnvironment;
import dev.longshore.wire.jobs.PropagatedTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * Says what to ask ECS for, from stored data alone, so that a repeated start is the same call. The
 * network of nodes is that of their compute environment; when that was updated in between, ECS sees
 * another call with the same token, and says that the task was started.
 */
final class TaskRequests {
  private final TaskBody body;
  private final CatalogStore catalog;

  TaskRequests(TaskBody body, CatalogStore catalog) {
    this.body = body;
    this.catalog = catalog;
  }

  /**
   * What a start asks for.
   *
   * @param definition content of the task definition
   * @param run the call, without the name of the task definition
   */
  record TaskRequest(RegisterTaskDefinitionRequest definition, RunTaskRequest run) {}

  /**
   * The request of a start.
   *
   * @param mainAddress of a node but the main one: where the main one is reached
   * @throws ClientFault when it can never start as it is defined
   */
  TaskRequest of(Start start, @Nullable String mainAddress) {
    Job job = start.job();
    Dispatch dispatch = job.dispatch().orElseThrow();
    String environment = dispatch.host().environment();
    boolean awsvpc = job.spec().isMultiNode();
    EffectiveTask wanted = EffectiveTask.of(start.definition(), start.document(), job.key());
    Map<String, String> ofService =
        JobEnvironment.of(job.key(), job.spec(), dispatch.attempt(), environment);
    if (mainAddress != null) {
      ofService.put(JobEnvironment.MAIN_ADDRESS, mainAddress);
    }
    EffectiveTask defined = defined(start, wanted);
    TaskOverride overrides = TaskOverrides.of(defined, wanted, ofService);
    if (!TaskOverrides.areShortEnough(overrides)) {
      // A definition for what was submitted, where AWS fails the job.
      defined = wanted;
      overrides = TaskOverrides.of(defined, wanted, ofService);
    }
    String attempt = dispatch.keyOf(job.key()).text();
    RunTaskRequest.Builder run =
        RunTaskRequest.builder()
            .cluster(ComputeEnvironment.clusterOf(environment))
            .count(1)
            .launchType(LaunchType.EC2)
            .placementConstraints(onHost(dispatch.host().instance()))
            .clientToken(attempt)
            .startedBy(attempt)
            .overrides(overrides)
            .tags(tags(start));
    if (isExecutable(wanted)) {
      run.enableExecuteCommand(true);
    }
    if (awsvpc) {
      addNetwork(run, environment);
    }
    return new TaskRequest(body.of(defined, start.definition().id().name(), awsvpc), run.build());
  }

  private static boolean isExecutable(EffectiveTask task) {
    Boolean asked =
        task.ecs() != null
            ? task.ecs().enableExecuteCommand()
            : task.parts().getFirst().container().properties().enableExecuteCommand();
    return Boolean.TRUE.equals(asked);
  }

  /** What all jobs of the definition share; what is wanted where that is not complete in itself. */
  private static EffectiveTask defined(Start start, EffectiveTask wanted) {
    EffectiveTask defined =
        EffectiveTask.defined(start.definition(), start.document(), start.job().key());
    try {
      defined.parts().forEach(part -> part.container().shape());
      return defined;
    } catch (ClientFault incomplete) {
      return wanted;
    }
  }

  private static PlacementConstraint onHost(String instance) {
    return PlacementConstraint.builder()
        .type(PlacementConstraintType.MEMBER_OF)
        .expression("ec2InstanceId == " + instance)
        .build();
  }

  private void addNetwork(RunTaskRequest.Builder run, String environment) {
    ComputeResource resources =
        catalog
            .environment(environment)
            .flatMap(ComputeDocuments::resources)
            .orElseThrow(
                () -> new ClientFault("A multi-node job needs a managed compute environment."));
    run.networkConfiguration(network ->
        network.awsvpcConfiguration(
            vpc -> vpc.subnets(resources.subnets()).securityGroups(resources.securityGroupIds())));
  }

  private static List<Tag> tags(Start start) {
    Map<String, String> tags = PropagatedTags.of(start.definition(), start.document());
    if (tags.size() > Quotas.TAGS) {
      throw new ClientFault(
          "The job and its definition have more than %d tags together.".formatted(Quotas.TAGS));
    }
    List<Tag> list = new ArrayList<>();
    tags.forEach((key, value) -> list.add(Tag.builder().key(key).value(value).build()));
    return list;
  }
}
