package dev.longshore.wire.catalog;

import dev.longshore.core.validation.Require;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.batch.model.EcsProperties;
import software.amazon.awssdk.services.batch.model.EcsTaskProperties;
import software.amazon.awssdk.services.batch.model.TaskContainerDependency;
import software.amazon.awssdk.services.batch.model.TaskContainerProperties;

/**
 * The ecsProperties of a definition: one task of several containers ({@code batch-semantics} 2.5).
 */
final class EcsChecks {
  private static final int CONTAINERS_MAX = 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Set<String> CONDITIONS = Set.of("START", "COMPLETE", "SUCCESS");

  private EcsChecks() {}

  /**
   * Refuses a task that could not run or that only Fargate could run.
   *
   * @throws dev.longshore.core.validation.ClientFault when it does
   */
  static void check(EcsProperties ecs) {
    Require.that(
        ecs.taskProperties().size() == 1, "ecsProperties must have exactly one taskProperties.");
    EcsTaskProperties task = ecs.taskProperties().getFirst();
    ContainerChecks.checkAbsent("networkConfiguration", task.networkConfiguration());
    ContainerChecks.checkAbsent("platformVersion", task.platformVersion());
    ContainerChecks.checkAbsent("runtimePlatform", task.runtimePlatform());
    ContainerChecks.checkAbsent("ephemeralStorage", task.ephemeralStorage());
    List<TaskContainerProperties> containers = task.containers();
    Require.that(
        !containers.isEmpty() && containers.size() <= CONTAINERS_MAX,
        "taskProperties must have between 1 and %d containers.".formatted(CONTAINERS_MAX));
    Map<String, TaskContainerProperties> byName = new HashMap<>();
    for (TaskContainerProperties each : containers) {
      String name = Require.text("containers.name", each.name());
      Require.that(
          NAME.matcher(name).matches(),
          "Container name %s must have 1 to 255 letters, digits, hyphens and underscores."
              .formatted(name));
      Require.that(
          byName.put(name, each) == null, "containers must not use a name twice: " + name + ".");
      ContainerChecks.check(EcsContainers.asContainer(task, each));
    }
    Require.that(
        containers.stream().anyMatch(EcsContainers::isEssential),
        "At least one container of taskProperties must be essential.");
    for (TaskContainerProperties each : containers) {
      checkDependencies(each, byName);
      checkNoCycle(each, byName, new HashSet<>());
    }
  }

  private static void checkDependencies(
      TaskContainerProperties container, Map<String, TaskContainerProperties> byName) {
    for (TaskContainerDependency each : container.dependsOn()) {
      String other = Require.text("dependsOn.containerName", each.containerName());
      String condition = Require.text("dependsOn.condition", each.condition());
      Require.that(
          CONDITIONS.contains(condition),
          "dependsOn.condition must be START, COMPLETE or SUCCESS, not %s.".formatted(condition));
      TaskContainerProperties target = byName.get(other);
      Require.that(
          target != null,
          "Container %s depends on %s, which is no container of the task."
              .formatted(container.name(), other));
      Require.that(
          condition.equals("START") || target == null || !EcsContainers.isEssential(target),
          "Container %s is essential: others can depend on its START only.".formatted(other));
    }
  }

  private static void checkNoCycle(
      TaskContainerProperties container,
      Map<String, TaskContainerProperties> byName,
      Set<String> above) {
    Require.that(
        above.add(container.name()),
        "Container %s depends on itself through dependsOn.".formatted(container.name()));
    for (TaskContainerDependency each : container.dependsOn()) {
      TaskContainerProperties target = byName.get(each.containerName());
      if (target != null) {
        checkNoCycle(target, byName, above);
      }
    }
    above.remove(container.name());
  }
}
