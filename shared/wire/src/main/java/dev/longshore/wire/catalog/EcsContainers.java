package dev.longshore.wire.catalog;

import dev.longshore.wire.codec.WireJson;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.EcsTaskProperties;
import software.amazon.awssdk.services.batch.model.TaskContainerProperties;

/** Containers of {@code ecsProperties} in the terms of {@code containerProperties}. */
public final class EcsContainers {
  private EcsContainers() {}

  /** One container; volumes and roles are those of its task. */
  public static ContainerProperties asContainer(
      EcsTaskProperties task, TaskContainerProperties container) {
    ContainerProperties.Builder own =
        WireJson.read(WireJson.write(container), ContainerProperties.builder()).toBuilder()
            .jobRoleArn(task.taskRoleArn())
            .executionRoleArn(task.executionRoleArn());
    return task.hasVolumes() ? own.volumes(task.volumes()).build() : own.build();
  }

  /** A container is essential unless it says that it is not. */
  public static boolean isEssential(TaskContainerProperties container) {
    return !Boolean.FALSE.equals(container.essential());
  }
}
