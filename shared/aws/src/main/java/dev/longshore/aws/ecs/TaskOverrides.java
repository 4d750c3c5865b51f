package dev.longshore.aws.ecs;

import dev.longshore.core.model.Shape;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.jobs.EffectiveContainer;
import dev.longshore.wire.jobs.EffectiveTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** What of a task differs from its task definition. */
final class TaskOverrides {
  /** ECS takes no more, in characters of JSON ({@code batch-semantics} 20.1). */
  private static final int MOST_CHARACTERS = 8192;

  private TaskOverrides() {}

  /**
   * The overrides that make {@code wanted} of what is defined.
   *
   * @param defined what the task definition says, with the same containers
   * @param ofService variables that the service sets in every container
   */
  static TaskOverride of(
      EffectiveTask defined, EffectiveTask wanted, Map<String, String> ofService) {
    List<ContainerOverride> overrides = new ArrayList<>();
    for (int i = 0; i < wanted.parts().size(); i++) {
      EffectiveTask.Part part = wanted.parts().get(i);
      overrides.add(
          of(part.name(), defined.parts().get(i).container(), part.container(), ofService));
    }
    return TaskOverride.builder().containerOverrides(overrides).build();
  }

  /** True when ECS takes them. */
  static boolean areShortEnough(TaskOverride overrides) {
    return WireJson.write(overrides).length() <= MOST_CHARACTERS;
  }

  private static ContainerOverride of(
      String name,
      EffectiveContainer defined,
      EffectiveContainer wanted,
      Map<String, String> ofService) {
    ContainerOverride.Builder override = ContainerOverride.builder().name(name);
    List<String> command = wanted.properties().command();
    if (!command.equals(defined.properties().command())) {
      override.command(command);
    }
    Map<String, String> variables = new LinkedHashMap<>(wanted.environment());
    defined.environment().forEach(variables::remove);
    variables.putAll(ofService);
    List<KeyValuePair> pairs = new ArrayList<>();
    variables.forEach(
        (key, value) -> pairs.add(KeyValuePair.builder().name(key).value(value).build()));
    override.environment(pairs);
    Shape was = defined.shape();
    Shape is = wanted.shape();
    if (is.vcpus() != was.vcpus()) {
      override.cpu(is.vcpus() * TaskBody.CPU_PER_VCPU);
    }
    if (is.memoryMib() != was.memoryMib()) {
      override.memory(is.memoryMib());
    }
    if (is.gpus() != was.gpus()) {
      override.resourceRequirements(TaskBody.gpus(is.gpus()));
    }
    return override.build();
  }
}
