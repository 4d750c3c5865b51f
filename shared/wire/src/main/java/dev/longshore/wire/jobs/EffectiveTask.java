package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.ContainerRules;
import dev.longshore.wire.catalog.EcsContainers;
import dev.longshore.wire.codec.WireJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.EcsProperties;
import software.amazon.awssdk.services.batch.model.EcsPropertiesOverride;
import software.amazon.awssdk.services.batch.model.EcsTaskProperties;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.NodeOverrides;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.TaskContainerDependency;
import software.amazon.awssdk.services.batch.model.TaskContainerProperties;

/**
 * What the task of a job, of a child or of a node really runs: one container, or those of {@code
 * ecsProperties}, with all overrides merged in.
 *
 * @param parts its containers; a job with {@code containerProperties} has one named {@code default}
 * @param ecs the task's own properties, absent for {@code containerProperties}
 */
public record EffectiveTask(List<Part> parts, @Nullable EcsTaskProperties ecs) {
  public EffectiveTask {
    parts = List.copyOf(parts);
  }

  /**
   * One container.
   *
   * @param name name of the container
   * @param essential true when its end is the task's
   * @param dependsOn what must have happened to others before it starts
   * @param container all of it
   */
  public record Part(
      String name,
      boolean essential,
      List<TaskContainerDependency> dependsOn,
      EffectiveContainer container) {
    public Part {
      dependsOn = List.copyOf(dependsOn);
    }
  }

  /**
   * From stored documents.
   *
   * @param key whose task; the whole of a multi-node job is its main node
   * @throws ClientFault when the definition has no containers, or a placeholder has no value;
   *     neither can be said of a job that was accepted
   */
  public static EffectiveTask of(
      dev.longshore.core.model.JobDefinition definition, JobDocument submission, JobKey key) {
    return of(
        WireJson.read(definition.document(), JobDefinition.builder()),
        WireJson.read(submission.json(), SubmitJobRequest.builder()),
        key);
  }

  /**
   * What the definition alone says, which all its jobs share: without overrides, and with the
   * placeholders of commands as they are written. Its containers are those of {@link #of}.
   *
   * @param submission says how many nodes there are, and nothing else
   */
  public static EffectiveTask defined(
      dev.longshore.core.model.JobDefinition definition, JobDocument submission, JobKey key) {
    NodeOverrides nodes =
        WireJson.read(submission.json(), SubmitJobRequest.builder()).nodeOverrides();
    SubmitJobRequest.Builder bare = SubmitJobRequest.builder();
    if (nodes != null) {
      bare.nodeOverrides(NodeOverrides.builder().numNodes(nodes.numNodes()).build());
    }
    return of(
        WireJson.read(definition.document(), JobDefinition.builder()),
        bare.build(),
        key,
        Parameters.none());
  }

  static EffectiveTask of(JobDefinition definition, SubmitJobRequest submission, JobKey key) {
    return of(
        definition,
        submission,
        key,
        Parameters.of(definition.parameters(), submission.parameters()));
  }

  private static EffectiveTask of(
      JobDefinition definition, SubmitJobRequest submission, JobKey key, Parameters parameters) {
    if (definition.nodeProperties() != null) {
      EffectiveNodes nodes = EffectiveNodes.of(definition, submission, parameters);
      return nodes.task(key.isWhole() ? nodes.main() : key.index());
    }
    return of(definition, submission, parameters);
  }

  /** Of a job that is not a multi-node one. */
  static EffectiveTask of(JobDefinition definition, SubmitJobRequest submission) {
    return of(
        definition, submission, Parameters.of(definition.parameters(), submission.parameters()));
  }

  private static EffectiveTask of(
      JobDefinition definition, SubmitJobRequest submission, Parameters parameters) {
    return definition.ecsProperties() != null
        ? of(definition.ecsProperties(), submission.ecsPropertiesOverride(), parameters)
        : of(definition.containerProperties(), submission.containerOverrides(), parameters);
  }

  static EffectiveTask of(
      @Nullable ContainerProperties defined,
      @Nullable ContainerOverrides overrides,
      Parameters parameters) {
    EffectiveContainer container = EffectiveContainer.of(defined, overrides, parameters);
    return new EffectiveTask(
        List.of(new Part(LogStreams.CONTAINER, true, List.of(), container)), null);
  }

  static EffectiveTask of(
      EcsProperties defined, @Nullable EcsPropertiesOverride overrides, Parameters parameters) {
    EcsTaskProperties task = defined.taskProperties().getFirst();
    List<Part> parts = new ArrayList<>();
    for (TaskContainerProperties each : task.containers()) {
      parts.add(
          new Part(
              each.name(),
              EcsContainers.isEssential(each),
              each.dependsOn(),
              EffectiveContainer.of(
                  EcsContainers.asContainer(task, each),
                  EcsOverrides.of(overrides, each.name()),
                  parameters)));
    }
    return new EffectiveTask(parts, task);
  }

  /** What all containers ask for together, each kind once. */
  List<ResourceRequirement> resources() {
    Map<String, Integer> sums = new LinkedHashMap<>();
    for (Part part : parts) {
      for (ResourceRequirement one : part.container().properties().resourceRequirements()) {
        int amount = ContainerRules.amount(one.typeAsString(), one.value());
        sums.merge(one.typeAsString(), amount, Integer::sum);
      }
    }
    List<ResourceRequirement> all = new ArrayList<>();
    sums.forEach((type, sum) ->
        all.add(ResourceRequirement.builder().type(type).value(sum.toString()).build()));
    return all;
  }
}
