package dev.longshore.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.core.usecase.Observation;
import dev.longshore.core.usecase.Observation.StopCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskEventsTest {
  private static final String CLUSTER =
      "arn:aws:ecs:us-west-2:111122223333:cluster/" + ComputeEnvironment.clusterOf("my-ce");
  private static final AttemptKey ATTEMPT =
      new AttemptKey(JobKey.child(JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8"), 7), 2, 0);

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
    assertThat(TaskEvents.read(task("\"lastStatus\":\"RUNNING\"")))
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

    assertThat(TaskEvents.read(task(stopped)))
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

    assertThat(TaskEvents.read(task(stopped)).orElseThrow())
        .isInstanceOfSatisfying(
            Observation.TaskStopped.class, it -> assertThat(it.cause()).isEqualTo(cause));
  }

  @Test
  void otherPeoplesTasksAndClustersSayNothing() {
    String running = task("\"lastStatus\":\"RUNNING\"");

    assertThat(TaskEvents.read(running.replace(ATTEMPT.text(), "ecs-svc/123"))).isEmpty();
    assertThat(TaskEvents.read(running.replace(CLUSTER, "arn:aws:ecs:r:1:cluster/other")))
        .isEmpty();
    assertThat(TaskEvents.read(task("\"lastStatus\":\"PENDING\""))).isEmpty();
    assertThat(TaskEvents.read("{\"detail-type\":\"Scheduled Event\"}")).isEmpty();
  }

  @Test
  void aHostThatRegisteredIsToldWithItsResources() {
    assertThat(TaskEvents.read(host("ACTIVE", true)))
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
    assertThat(TaskEvents.read(host("INACTIVE", false))).contains(new Observation.HostGone(host));
    assertThat(TaskEvents.read(host("ACTIVE", false)))
        .contains(new Observation.HostUnreachable(host));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> TaskEvents.read("{\"detail\""))
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
