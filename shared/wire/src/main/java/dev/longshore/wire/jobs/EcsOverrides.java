package dev.longshore.wire.jobs;

import dev.longshore.core.validation.ContainerRules;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.codec.WireJson;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.EcsProperties;
import software.amazon.awssdk.services.batch.model.EcsPropertiesOverride;
import software.amazon.awssdk.services.batch.model.TaskContainerOverrides;
import software.amazon.awssdk.services.batch.model.TaskContainerProperties;

/** Overrides of containers of {@code ecsProperties}, by name ({@code batch-semantics} 12.3). */
final class EcsOverrides {
  private EcsOverrides() {}

  /** Those of one container; null when there are none. */
  static @Nullable ContainerOverrides of(@Nullable EcsPropertiesOverride overrides, String name) {
    if (overrides == null || overrides.taskProperties().isEmpty()) {
      return null;
    }
    return overrides.taskProperties().getFirst().containers().stream()
        .filter(each -> name.equals(each.name()))
        .findFirst()
        .map(each -> WireJson.read(WireJson.write(each), ContainerOverrides.builder()))
        .orElse(null);
  }

  /**
   * Refuses overrides that name no container of the definition, or break a rule.
   *
   * @throws dev.longshore.core.validation.ClientFault when they do
   */
  static void check(EcsPropertiesOverride overrides, EcsProperties defined) {
    Require.that(
        overrides.taskProperties().size() <= 1,
        "ecsPropertiesOverride must have at most one taskProperties.");
    Set<String> known = new HashSet<>();
    for (TaskContainerProperties each : defined.taskProperties().getFirst().containers()) {
      known.add(each.name());
    }
    Set<String> seen = new HashSet<>();
    for (var task : overrides.taskProperties()) {
      for (TaskContainerOverrides each : task.containers()) {
        String name = Require.text("ecsPropertiesOverride.containers.name", each.name());
        Require.that(
            known.contains(name),
            "ecsPropertiesOverride names container %s, which the job definition does not have."
                .formatted(name));
        Require.that(
            seen.add(name), "ecsPropertiesOverride must not name a container twice: " + name + ".");
        ContainerRules.checkCommand(each.command());
        each.environment().forEach(pair -> ContainerRules.checkVariable(pair.name()));
        SubmissionRules.checkOnceEach(each.resourceRequirements());
      }
    }
  }
}
