package dev.longshore.local.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.aws.ecs.TaskEvents;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the EventBridge events of ECS that this service listens to ({@code batch-semantics} 20.4),
 * with the members that it reads.
 */
public final class EcsEvents {
  private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";

  private EcsEvents() {}

  /**
   * Whose task an event is about.
   *
   * @param attempt its attempt
   * @param host where it is
   * @param containerInstance ECS container instance ID of the host
   * @param task ECS task ID
   */
  public record Subject(AttemptKey attempt, HostId host, String containerInstance, String task) {}

  /**
   * Why and how a task stopped.
   *
   * @param code ECS's stop code
   * @param stoppedReason task-level text
   * @param exitCode of the container, if known
   * @param reason container-level text, if any
   * @param startedAt epoch ms, 0 when it never ran
   * @param stoppedAt epoch ms
   * @param containers of a task of several, how each of them ended; empty for a task of one
   */
  public record Stop(
      String code,
      String stoppedReason,
      @Nullable Integer exitCode,
      @Nullable String reason,
      long startedAt,
      long stoppedAt,
      List<ContainerEnd> containers) {
    public Stop {
      containers = List.copyOf(containers);
    }
  }

  /** A task runs. */
  public static String running(Subject subject, long startedAt) {
    ObjectNode detail = task(subject, "RUNNING", startedAt);
    detail.putArray("containers").addObject().put("name", "default").put("lastStatus", "RUNNING");
    return event("ECS Task State Change", detail);
  }

  /** A task has stopped. */
  public static String stopped(Subject subject, Stop stop) {
    ObjectNode detail = task(subject, "STOPPED", stop.startedAt());
    detail.put("stopCode", stop.code());
    detail.put("stoppedReason", stop.stoppedReason());
    detail.put("stoppedAt", time(stop.stoppedAt()));
    ArrayNode containers = detail.putArray("containers");
    if (stop.containers().isEmpty()) {
      stopped(containers, new ContainerEnd("default", stop.exitCode(), stop.reason()));
    }
    boolean decided = false;
    for (ContainerEnd end : stop.containers()) {
      ObjectNode container = stopped(containers, end);
      if (!decided
          && Objects.equals(end.exitCode(), stop.exitCode())
          && Objects.equals(end.reason(), stop.reason())) {
        container.put(TaskEvents.DECIDED, true);
        decided = true;
      }
    }
    return event("ECS Task State Change", detail);
  }

  private static ObjectNode stopped(ArrayNode containers, ContainerEnd end) {
    ObjectNode container = containers.addObject().put("name", end.name());
    container.put("lastStatus", "STOPPED");
    if (end.exitCode() != null) {
      container.put("exitCode", end.exitCode());
    }
    if (end.reason() != null) {
      container.put("reason", end.reason());
    }
    return container;
  }

  /** A host has registered with its cluster. */
  public static String hostActive(
      HostId host, String containerInstance, String instanceType, Shape capacity) {
    ObjectNode detail = host(host, containerInstance).put("status", "ACTIVE");
    detail.put("agentConnected", true);
    detail
        .putArray("attributes")
        .addObject()
        .put("name", "ecs.instance-type")
        .put("value", instanceType);
    var resources = detail.putArray("registeredResources");
    resources.addObject().put("name", "CPU").put("integerValue", capacity.vcpus() * 1024);
    resources.addObject().put("name", "MEMORY").put("integerValue", capacity.memoryMib());
    var gpus = resources.addObject().put("name", "GPU").putArray("stringSetValue");
    for (int gpu = 0; gpu < capacity.gpus(); gpu++) {
      gpus.add("GPU-" + gpu);
    }
    return event("ECS Container Instance State Change", detail);
  }

  /** A host was terminated. */
  public static String hostGone(HostId host, String containerInstance) {
    ObjectNode detail = host(host, containerInstance).put("status", "INACTIVE");
    detail.put("agentConnected", false);
    return event("ECS Container Instance State Change", detail);
  }

  private static ObjectNode task(Subject subject, String status, long startedAt) {
    String cluster = ComputeEnvironment.clusterOf(subject.host().environment());
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.put("clusterArn", ARN + "cluster/" + cluster);
    detail.put(
        "containerInstanceArn",
        ARN + "container-instance/" + cluster + "/" + subject.containerInstance());
    detail.put("taskArn", ARN + "task/" + cluster + "/" + subject.task());
    detail.put("startedBy", subject.attempt().text());
    detail.put("lastStatus", status);
    detail.put("launchType", "EC2");
    if (startedAt > 0) {
      detail.put("startedAt", time(startedAt));
    }
    return detail;
  }

  private static ObjectNode host(HostId host, String containerInstance) {
    String cluster = ComputeEnvironment.clusterOf(host.environment());
    return JsonNodeFactory.instance
        .objectNode()
        .put("clusterArn", ARN + "cluster/" + cluster)
        .put(
            "containerInstanceArn", ARN + "container-instance/" + cluster + "/" + containerInstance)
        .put("ec2InstanceId", host.instance());
  }

  private static String event(String type, ObjectNode detail) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0").put("source", "aws.ecs").put("detail-type", type);
    return event.set("detail", detail).toString();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
