package dev.longshore.aws.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.core.usecase.Observation;
import dev.longshore.core.usecase.Observation.StopCause;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads EventBridge events of ECS ({@code batch-semantics} 20.4). Events of tasks and clusters that
 * are not ours say nothing and are left out.
 */
public final class TaskEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Member of a container in events of our own runners: its end was that of its task. */
  public static final String DECIDED = "endedTask";

  private static final String CLUSTER_MARK = "_Batch_";
  private static final int CLUSTER_SUFFIX = CLUSTER_MARK.length() + 36;
  private static final int CPU_PER_VCPU = 1024;

  private final Function<JobKey, List<String>> essential;

  /**
   * Reads events.
   *
   * @param essential names of the essential containers of a job's task, in the order of their
   *     definition; asked for only when a task of several has ended
   */
  public TaskEvents(Function<JobKey, List<String>> essential) {
    this.essential = essential;
  }

  /**
   * What this event observes; empty when it is none of our concern.
   *
   * @throws IllegalArgumentException when it is no event at all
   */
  public Optional<Observation> read(String json) {
    JsonNode event;
    try {
      event = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an event: " + e.getOriginalMessage(), e);
    }
    JsonNode detail = event.path("detail");
    return environmentOf(detail)
        .flatMap(environment ->
            switch (event.path("detail-type").asText()) {
              case "ECS Task State Change" -> task(environment, detail);
              case "ECS Container Instance State Change" ->
                  host(environment, detail, millis(event.path("time")));
              default -> Optional.empty();
            });
  }

  /** The compute environment whose cluster this is. */
  private static Optional<String> environmentOf(JsonNode detail) {
    String cluster = lastPart(detail.path("clusterArn").asText());
    int length = cluster.length() - CLUSTER_SUFFIX;
    if (length <= 0) {
      return Optional.empty();
    }
    String environment = cluster.substring(0, length);
    return ComputeEnvironment.clusterOf(environment).equals(cluster)
        ? Optional.of(environment)
        : Optional.empty();
  }

  private Optional<Observation> task(String environment, JsonNode detail) {
    AttemptKey attempt = AttemptKey.parse(detail.path("startedBy").asText()).orElse(null);
    if (attempt == null) {
      return Optional.empty();
    }
    String task = lastPart(detail.path("taskArn").asText());
    long startedAt = millis(detail.path("startedAt"));
    return switch (detail.path("lastStatus").asText()) {
      // The event does not name the EC2 instance; the task's environment is enough to stop it.
      case "RUNNING" ->
          Optional.of(
              new Observation.TaskRunning(
                  attempt,
                  new HostId(environment, lastPart(detail.path("containerInstanceArn").asText())),
                  task,
                  startedAt));
      case "STOPPED" -> {
        List<ContainerEnd> ends = ends(detail.path("containers"));
        Optional<ContainerEnd> deciding = deciding(attempt, detail.path("containers"), ends);
        String stoppedReason = text(detail.path("stoppedReason"));
        yield Optional.of(
            new Observation.TaskStopped(
                attempt,
                task,
                cause(detail.path("stopCode").asText(), stoppedReason),
                deciding.map(ContainerEnd::exitCode).orElse(null),
                deciding.map(ContainerEnd::reason).orElse(null),
                stoppedReason,
                startedAt,
                millis(detail.path("stoppedAt")),
                ends.size() > 1 ? ends : List.of()));
      }
      default -> Optional.empty();
    };
  }

  /** The container whose end is the task's. */
  private Optional<ContainerEnd> deciding(
      AttemptKey attempt, JsonNode containers, List<ContainerEnd> ends) {
    if (ends.size() <= 1) {
      return ends.stream().findFirst();
    }
    for (int i = 0; i < ends.size(); i++) {
      // Our own runners know, and say so; ECS does not.
      if (containers.path(i).path(DECIDED).asBoolean()) {
        return Optional.of(ends.get(i));
      }
    }
    return DecidingContainer.of(ends, essential.apply(attempt.key()));
  }

  private static List<ContainerEnd> ends(JsonNode containers) {
    List<ContainerEnd> ends = new ArrayList<>();
    for (JsonNode each : containers) {
      JsonNode code = each.path("exitCode");
      ends.add(
          new ContainerEnd(
              each.path("name").asText(),
              code.isInt() ? code.intValue() : null,
              text(each.path("reason"))));
    }
    return ends;
  }

  private static StopCause cause(String stopCode, @Nullable String stoppedReason) {
    if (stoppedReason != null && stoppedReason.startsWith("Host EC2")) {
      return StopCause.HOST_LOST;
    }
    return switch (stopCode) {
      case "TaskFailedToStart" -> StopCause.FAILED_TO_START;
      case "SpotInterruption", "TerminationNotice" -> StopCause.HOST_LOST;
      case "UserInitiated", "ServiceSchedulerInitiated" -> StopCause.STOPPED_BY_US;
      default -> StopCause.EXITED;
    };
  }

  private static Optional<Observation> host(String environment, JsonNode detail, long at) {
    String instance = detail.path("ec2InstanceId").asText();
    if (instance.isEmpty()) {
      return Optional.empty();
    }
    HostId host = new HostId(environment, instance);
    return switch (detail.path("status").asText()) {
      // A lost connection alone ends nothing: agents reconnect several times an hour.
      case "ACTIVE" ->
          detail.path("agentConnected").asBoolean()
              ? Optional.of(
                  new Observation.HostActive(
                      host,
                      lastPart(detail.path("containerInstanceArn").asText()),
                      attribute(detail, "ecs.instance-type"),
                      registered(detail),
                      at))
              : Optional.of(new Observation.HostUnreachable(host));
      case "INACTIVE" -> Optional.of(new Observation.HostGone(host));
      default -> Optional.empty();
    };
  }

  private static String attribute(JsonNode detail, String name) {
    for (JsonNode attribute : detail.path("attributes")) {
      if (attribute.path("name").asText().equals(name)) {
        return attribute.path("value").asText();
      }
    }
    return "";
  }

  private static Shape registered(JsonNode detail) {
    int cpu = 0;
    int memory = 0;
    int gpus = 0;
    for (JsonNode resource : detail.path("registeredResources")) {
      switch (resource.path("name").asText()) {
        case "CPU" -> cpu = resource.path("integerValue").asInt();
        case "MEMORY" -> memory = resource.path("integerValue").asInt();
        case "GPU" -> gpus = resource.path("stringSetValue").size();
        default -> {}
      }
    }
    return new Shape(cpu / CPU_PER_VCPU, memory, gpus);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  private static long millis(JsonNode time) {
    if (!time.isTextual()) {
      return 0;
    }
    try {
      return Instant.parse(time.textValue()).toEpochMilli();
    } catch (DateTimeException notATime) {
      return 0;
    }
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
