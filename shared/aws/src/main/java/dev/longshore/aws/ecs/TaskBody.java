package dev.longshore.aws.ecs;

import dev.longshore.core.model.Shape;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.jobs.EffectiveTask;
import dev.longshore.wire.jobs.LogStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.EcsTaskProperties;
import software.amazon.awssdk.services.batch.model.TaskContainerProperties;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Device;
import software.amazon.awssdk.services.ecs.model.FirelensConfiguration;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.Volume;

/**
 * Writes what a task runs as an ECS task definition ({@code batch-semantics} 12.4 to 12.6). Both
 * services call the members of a container alike, so what the model of either has beyond those that
 * are set here is carried over by name.
 */
final class TaskBody {
  static final int CPU_PER_VCPU = 1024;
  private static final int PREFIX_MAX = 200;

  private final String region;

  /** Logs go to this region. */
  TaskBody(String region) {
    this.region = region;
  }

  /**
   * The task definition, without a family.
   *
   * @param task what to run
   * @param name name of the job definition
   * @param awsvpc true for a network interface of its own; otherwise the host's network, as AWS
   *     Batch gives it to jobs on EC2
   */
  RegisterTaskDefinitionRequest of(EffectiveTask task, String name, boolean awsvpc) {
    EcsTaskProperties ecs = task.ecs();
    ContainerProperties first = task.parts().getFirst().container().properties();
    List<ContainerDefinition> containers = new ArrayList<>();
    task.parts().forEach(part -> containers.add(container(part, ecs, name)));
    RegisterTaskDefinitionRequest.Builder body =
        RegisterTaskDefinitionRequest.builder()
            .requiresCompatibilities(Compatibility.EC2)
            .networkMode(awsvpc ? NetworkMode.AWSVPC : NetworkMode.HOST)
            .taskRoleArn(first.jobRoleArn())
            .executionRoleArn(first.executionRoleArn())
            .containerDefinitions(containers);
    if (first.hasVolumes()) {
      body.volumes(
          first.volumes().stream()
              .map(each -> WireJson.read(WireJson.write(each), Volume.builder()))
              .toList());
    }
    if (ecs != null) {
      body.pidMode(ecs.pidMode()).ipcMode(ecs.ipcMode());
    }
    return body.build();
  }

  private ContainerDefinition container(
      EffectiveTask.Part part, @Nullable EcsTaskProperties ecs, String name) {
    ContainerProperties properties = part.container().properties();
    Shape shape = part.container().shape();
    // Only GPUs are resource requirements in ECS.
    ContainerProperties alike =
        properties.toBuilder()
            .resourceRequirements(List.of())
            .logConfiguration((software.amazon.awssdk.services.batch.model.LogConfiguration) null)
            .build();
    ContainerDefinition carried =
        WireJson.read(WireJson.write(alike), ContainerDefinition.builder());
    ContainerDefinition.Builder container =
        carried.toBuilder()
            .linuxParameters(inLowerCase(carried.linuxParameters()))
            .name(part.name())
            .essential(part.essential())
            .cpu(shape.vcpus() * CPU_PER_VCPU)
            .memory(shape.memoryMib())
            .logConfiguration(log(properties, name));
    if (shape.gpus() > 0) {
      container.resourceRequirements(gpus(shape.gpus()));
    }
    if (!part.dependsOn().isEmpty()) {
      container.dependsOn(
          part.dependsOn().stream()
              .map(each ->
                  software.amazon.awssdk.services.ecs.model.ContainerDependency.builder()
                      .containerName(each.containerName())
                      .condition(each.condition())
                      .build())
              .toList());
    }
    if (ecs != null) {
      for (TaskContainerProperties each : ecs.containers()) {
        if (each.name().equals(part.name()) && each.firelensConfiguration() != null) {
          String firelens = WireJson.write(each.firelensConfiguration());
          container.firelensConfiguration(WireJson.read(firelens, FirelensConfiguration.builder()));
        }
      }
    }
    return container.build();
  }

  /** What a container may do with a device: Batch says READ where ECS says read. */
  private static @Nullable LinuxParameters inLowerCase(@Nullable LinuxParameters given) {
    if (given == null || !given.hasDevices()) {
      return given;
    }
    List<Device> devices = new ArrayList<>();
    for (Device each : given.devices()) {
      Device.Builder device = each.toBuilder();
      if (each.hasPermissions()) {
        device.permissionsWithStrings(
            each.permissionsAsStrings().stream().map(it -> it.toLowerCase(Locale.ROOT)).toList());
      }
      devices.add(device.build());
    }
    return given.toBuilder().devices(devices).build();
  }

  static ResourceRequirement gpus(int count) {
    return ResourceRequirement.builder()
        .type(ResourceType.GPU)
        .value(Integer.toString(count))
        .build();
  }

  /** As asked for; awslogs gets what it needs and nobody said. */
  private LogConfiguration log(ContainerProperties properties, String name) {
    var asked = properties.logConfiguration();
    LogConfiguration given =
        asked == null
            ? LogConfiguration.builder().logDriver(LogDriver.AWSLOGS).build()
            : WireJson.read(WireJson.write(asked), LogConfiguration.builder());
    if (given.logDriver() != LogDriver.AWSLOGS) {
      return given;
    }
    Map<String, String> options = new TreeMap<>();
    options.put("awslogs-group", LogStreams.GROUP);
    options.put("awslogs-region", region);
    options.put("awslogs-stream-prefix", name.substring(0, Math.min(PREFIX_MAX, name.length())));
    options.putAll(given.options());
    return given.toBuilder().options(options).build();
  }
}
