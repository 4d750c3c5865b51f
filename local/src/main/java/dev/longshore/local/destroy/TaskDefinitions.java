package dev.longshore.local.destroy;

import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * The task definitions that the functions registered. A service whose table was kept registers them
 * anew when it is deployed again.
 */
final class TaskDefinitions {
  private static final String PREFIX = "longshore-";

  /** As many as ECS deletes with one call. */
  private static final int AT_ONCE = 10;

  private final EcsClient ecs;

  TaskDefinitions(EcsClient ecs) {
    this.ecs = ecs;
  }

  /** Deregisters and deletes them; how many there were. */
  int remove() {
    List<String> families =
        ecs
            .listTaskDefinitionFamiliesPaginator(
                it -> it.familyPrefix(PREFIX).status(TaskDefinitionFamilyStatus.ALL))
            .families()
            .stream()
            .toList();
    int count = 0;
    for (String family : families) {
      List<String> active = arns(family, TaskDefinitionStatus.ACTIVE);
      active.forEach(arn -> ecs.deregisterTaskDefinition(it -> it.taskDefinition(arn)));
      List<String> inactive = arns(family, TaskDefinitionStatus.INACTIVE);
      for (int from = 0; from < inactive.size(); from += AT_ONCE) {
        List<String> some = inactive.subList(from, Math.min(from + AT_ONCE, inactive.size()));
        ecs.deleteTaskDefinitions(it -> it.taskDefinitions(some));
      }
      count += inactive.size();
    }
    return count;
  }

  private List<String> arns(String family, TaskDefinitionStatus status) {
    return ecs
        .listTaskDefinitionsPaginator(it -> it.familyPrefix(family).status(status))
        .taskDefinitionArns()
        .stream()
        .toList();
  }
}
