package dev.longshore.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.core.usecase.Observation;
import dev.longshore.core.usecase.Observation.StopCause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskEventsTest {
  private static final String CLUSTER =
      "arn:aws:ecs:us-west-2:111122223333:cluster/" + ComputeEnvironment.clusterOf("my-ce");
  private static final AttemptKey ATTEMPT =
      new AttemptKey(JobKey.child(JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8"), 7), 2, 0);

  private List<String> essential = List.of();
  private final TaskEvents events =
      new TaskEvents(key -> {
        assertThat(key).isEqualTo(ATTEMPT.key());
        return essential;
      });

  private static String task(String more) {
    return """
    {"detail-type":"ECS Task State Change","source":"aws.ecs","detail":{"clusterArn":"%s",
     "containerInstanceArn":"arn:aws:ecs:us-west-2:1:container-instance/c/b54a",
     "taskArn":"arn:aws:ecs:us-west-2:1:task/c/c13b","startedBy":"%s",
     "startedAt":"2020-01-23T17:57:58.103Z",%s}}\
    """
        .formatted(CLUSTER, ATTEMPT.text(), more);
  }

  @Test
  void aRunningTaskIsToldWithItsStart() {
    assertThat(events.read(task("\"lastStatus\":\"RUNNING\"")))
        .contains(
            new Observation.TaskRunning(
                ATTEMPT, new HostId("my-ce", "b54a"), "c13b", 1_579_802_278_103L));
  }

  @Test
  void aStoppedTaskIsToldWithExitCodeAndReasons() {
    String stopped =
        """
        "lastStatus":"STOPPED","stopCode":"EssentialContainerExited","stoppedAt":"2020-01-23T18:00:00Z",
        "stoppedReason":"Essential container in task exited",
        "containers":[{"name":"default","exitCode":137,"reason":"OutOfMemoryError: Container killed"}]\
        """;

    assertThat(events.read(task(stopped)))
        .contains(
            new Observation.TaskStopped(
                ATTEMPT,
                "c13b",
                StopCause.EXITED,
                137,
                "OutOfMemoryError: Container killed",
                "Essential container in task exited",
                1_579_802_278_103L,
                1_579_802_400_000L));
  }

  private static String container(String name, String end) {
    return "{\"name\":\"%s\",\"lastStatus\":\"STOPPED\"%s}".formatted(name, end);
  }

  private static String code(int code) {
    return ",\"exitCode\":" + code;
  }

  private Observation.TaskStopped stopped(List<String> containers) {
    String stopped =
        "\"lastStatus\":\"STOPPED\",\"stopCode\":\"EssentialContainerExited\",\"containers\":["
            + String.join(",", containers)
            + "]";
    return (Observation.TaskStopped) events.read(task(stopped)).orElseThrow();
  }

  /** The exit code of the task, whatever the order of its containers. */
  private @Nullable Integer exitCode(String... containers) {
    List<String> inOrder = List.of(containers);
    Integer code = stopped(inOrder).exitCode();
    assertThat(stopped(inOrder.reversed()).exitCode()).isEqualTo(code);
    return code;
  }

  @Test
  @DisplayName("Of several containers the essential one decides, in whatever order they are listed")
  void essential() {
    essential = List.of("main");
    assertThat(exitCode(container("main", code(3)), container("log", code(0)))).isEqualTo(3);
    assertThat(exitCode(container("main", code(0)), container("log", code(137)))).isZero();
    assertThat(exitCode(container("main", code(0)), container("log", code(1)))).isZero();
    assertThat(stopped(List.of(container("log", code(0)), container("main", code(3)))).containers())
        .containsExactly(new ContainerEnd("log", 0, null), new ContainerEnd("main", 3, null));
  }

  @Test
  @DisplayName("Of several essential containers the one that failed by itself decides")
  void severalEssential() {
    essential = List.of("a", "b");
    assertThat(exitCode(container("a", code(0)), container("b", code(143)))).isZero();
    assertThat(exitCode(container("a", code(137)), container("b", code(2)))).isEqualTo(2);
    assertThat(exitCode(container("a", code(0)), container("b", code(2)))).isEqualTo(2);
    assertThat(exitCode(container("a", code(143)), container("b", code(137)))).isEqualTo(143);
    String outOfMemory = code(137) + ",\"reason\":\"OutOfMemoryError: Container killed\"";
    assertThat(exitCode(container("a", code(0)), container("b", outOfMemory))).isEqualTo(137);
  }

  @Test
  @DisplayName("A container that cannot start and keeps the essential one from starting decides")
  void otherCannotStart() {
    essential = List.of("main");
    String pull = ",\"reason\":\"CannotPullContainerError: no such image\"";
    for (List<String> each :
        List.of(
            List.of(container("main", ""), container("init", pull)),
            List.of(container("init", pull), container("main", "")))) {
      assertThat(stopped(each).reason()).startsWith("CannotPullContainerError");
    }
  }

  @Test
  @DisplayName("When nobody knows the definition any more a failure decides before a success")
  void unknownDefinition() {
    assertThat(exitCode(container("a", code(0)), container("b", code(4)))).isEqualTo(4);
  }

  @Test
  @DisplayName("Whoever knows which container ended the task is believed")
  void decided() {
    essential = List.of("a", "b");
    String first = code(0) + ",\"endedTask\":true";
    assertThat(exitCode(container("a", first), container("b", code(1)))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "EssentialContainerExited, Essential container in task exited, EXITED",
    "TaskFailedToStart, Task failed to start, FAILED_TO_START",
    "SpotInterruption, Your Spot Task was interrupted., HOST_LOST",
    "TerminationNotice, x, HOST_LOST",
    "'', Host EC2 (instance i-1) terminated., HOST_LOST",
    "UserInitiated, no longer wanted, STOPPED_BY_US",
  })
  void theCauseFollowsFromStopCodeAndReason(String code, String reason, StopCause cause) {
    String stopped =
        "\"lastStatus\":\"STOPPED\",\"stopCode\":\"%s\",\"stoppedReason\":\"%s\""
            .formatted(code, reason);

    assertThat(events.read(task(stopped)).orElseThrow())
        .isInstanceOfSatisfying(
            Observation.TaskStopped.class, it -> assertThat(it.cause()).isEqualTo(cause));
  }

  @Test
  void otherPeoplesTasksAndClustersSayNothing() {
    String running = task("\"lastStatus\":\"RUNNING\"");

    assertThat(events.read(running.replace(ATTEMPT.text(), "ecs-svc/123"))).isEmpty();
    assertThat(events.read(running.replace(CLUSTER, "arn:aws:ecs:r:1:cluster/other"))).isEmpty();
    assertThat(events.read(task("\"lastStatus\":\"PENDING\""))).isEmpty();
    assertThat(events.read("{\"detail-type\":\"Scheduled Event\"}")).isEmpty();
  }

  @Test
  void aHostThatRegisteredIsToldWithItsResources() {
    assertThat(events.read(host("ACTIVE", true)))
        .contains(
            new Observation.HostActive(
                new HostId("my-ce", "i-f3a8"),
                "b54a",
                "c5.large",
                new Shape(2, 3767, 1),
                1_779_600_000_000L));
  }

  @Test
  void aHostIsGoneWhenItIsInactiveAndOnlyOutOfContactWhenItsAgentIsDisconnected() {
    HostId host = new HostId("my-ce", "i-f3a8");
    assertThat(events.read(host("INACTIVE", false))).contains(new Observation.HostGone(host));
    assertThat(events.read(host("ACTIVE", false))).contains(new Observation.HostUnreachable(host));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> events.read("{\"detail\""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String host(String status, boolean connected) {
    return """
    {"detail-type":"ECS Container Instance State Change",
     "time":"2026-05-24T05:20:00Z","detail":{"agentConnected":%s,
     "attributes":[{"name":"ecs.instance-type","value":"c5.large"}],"clusterArn":"%s",
     "containerInstanceArn":"arn:aws:ecs:r:1:container-instance/b54a","ec2InstanceId":"i-f3a8",
     "registeredResources":[{"name":"CPU","type":"INTEGER","integerValue":2048},
      {"name":"MEMORY","type":"INTEGER","integerValue":3767},
      {"name":"GPU","type":"STRINGSET","stringSetValue":["GPU-1"]}],"status":"%s"}}\
    """
        .formatted(connected, CLUSTER, status);
  }
}
