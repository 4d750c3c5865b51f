package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.StopRequest.Kind;
import dev.longshore.core.usecase.JobDescription;
import dev.longshore.core.usecase.JobView;
import dev.longshore.wire.Arns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DescribeJobsTest {
  private static final String CLUSTER = ComputeEnvironment.clusterOf("ce") + "/";
  private static final String INSTANCE = JobsFixture.ECS + "container-instance/" + CLUSTER + "ci-1";

  private final JobsFixture world = new JobsFixture();

  private static String task(String id) {
    return JobsFixture.ECS + "task/" + CLUSTER + id;
  }

  @Test
  void aNewJobHasAllCommonMembersAndNoRuntimeMembers() {
    JobKey key = world.submit("\"tags\":{\"a\":\"b\"}");
    JsonNode job = world.describe(key);
    assertThat(job.get("jobArn").textValue()).isEqualTo(JobsFixture.BATCH + "job/" + key);
    assertThat(job.get("jobId").textValue()).isEqualTo(key.toString());
    assertThat(job.get("jobName").textValue()).isEqualTo("job");
    assertThat(job.get("jobQueue").textValue()).isEqualTo(JobsFixture.BATCH + "job-queue/q");
    assertThat(job.get("jobDefinition").textValue())
        .isEqualTo(JobsFixture.BATCH + "job-definition/d:1");
    assertThat(job.get("status").textValue()).isEqualTo("RUNNABLE");
    assertThat(job.get("createdAt").isIntegralNumber()).isTrue();
    assertThat(job.get("createdAt").longValue()).isEqualTo(world.now());
    assertThat(job.get("attempts")).isEmpty();
    assertThat(job.get("dependsOn")).isEmpty();
    assertThat(job.get("parameters")).isEmpty();
    assertThat(job.get("tags").get("a").textValue()).isEqualTo("b");
    assertThat(job.get("propagateTags").booleanValue()).isFalse();
    assertThat(job.get("platformCapabilities").get(0).textValue()).isEqualTo("EC2");
    assertThat(job.get("retryStrategy").toString())
        .isEqualTo("{\"attempts\":1,\"evaluateOnExit\":[]}");
    assertAbsent(
        job,
        "startedAt",
        "stoppedAt",
        "statusReason",
        "timeout",
        "arrayProperties",
        "shareIdentifier",
        "isCancelled",
        "isTerminated");
    assertAbsent(
        job.get("container"),
        "taskArn",
        "containerInstanceArn",
        "logStreamName",
        "exitCode",
        "reason",
        "vcpus",
        "memory");
  }

  @Test
  void theContainerShowsEffectiveValuesAndNoInjectedVariables() {
    JobKey key =
        world.submit(
            """
            "containerOverrides":{"command":["run","Ref::x"],
              "environment":[{"name":"A","value":"1"}],
              "resourceRequirements":[{"type":"VCPU","value":"2"}]},
            "parameters":{"x":"y"},"timeout":{"attemptDurationSeconds":60},
            "retryStrategy":{"attempts":2,
              "evaluateOnExit":[{"onStatusReason":"Host EC2*","action":"RETRY"}]}\
            """);
    JsonNode job = world.describe(key);
    JsonNode container = job.get("container");
    assertThat(container.get("image").textValue()).isEqualTo("busybox");
    assertThat(container.get("command").toString()).isEqualTo("[\"run\",\"y\"]");
    assertThat(container.get("environment").toString())
        .isEqualTo("[{\"name\":\"A\",\"value\":\"1\"}]");
    assertThat(container.get("resourceRequirements").toString())
        .isEqualTo("[{\"value\":\"2\",\"type\":\"VCPU\"},{\"value\":\"256\",\"type\":\"MEMORY\"}]");
    for (String list :
        List.of("volumes", "mountPoints", "ulimits", "secrets", "networkInterfaces")) {
      assertThat(container.get(list)).as(list).isEqualTo(JsonNodeFactory.instance.arrayNode());
    }
    assertThat(job.get("parameters").toString()).isEqualTo("{\"x\":\"y\"}");
    assertThat(job.get("timeout").toString()).isEqualTo("{\"attemptDurationSeconds\":60}");
    assertThat(job.get("retryStrategy").toString())
        .isEqualTo(
            "{\"attempts\":2,\"evaluateOnExit\":"
                + "[{\"onStatusReason\":\"Host EC2*\",\"action\":\"retry\"}]}");
  }

  @Test
  void aStartingJobHasItsTaskAndHostAndARunningOneItsLogsToo() {
    JobKey key = world.submit("");
    Dispatch dispatch = world.place(key);
    JsonNode starting = world.describe(key);
    assertThat(starting.get("status").textValue()).isEqualTo("STARTING");
    assertThat(starting.get("container").get("containerInstanceArn").textValue())
        .isEqualTo(INSTANCE);
    assertAbsent(starting.get("container"), "taskArn", "logStreamName");
    world.pass(500);
    world.apply(key, new JobEvent.TaskStarted(dispatch.keyOf(key), "t1", world.now()));
    JsonNode running = world.describe(key);
    assertThat(running.get("status").textValue()).isEqualTo("RUNNING");
    assertThat(running.get("startedAt").longValue()).isEqualTo(world.now());
    assertThat(running.get("container").get("taskArn").textValue()).isEqualTo(task("t1"));
    assertThat(running.get("container").get("logStreamName").textValue()).isEqualTo("d/default/t1");
    assertThat(running.get("attempts")).isEmpty();
    assertAbsent(running, "stoppedAt");
  }

  @Test
  void aJobThatSucceededShowsItsAttempt() {
    JobKey key = world.submit("");
    world.runThrough(key, "t1", 0);
    JsonNode job = world.describe(key);
    assertThat(job.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(job.get("statusReason").textValue()).isEqualTo("Essential container in task exited");
    assertThat(job.get("startedAt").longValue()).isEqualTo(world.now() - 1000);
    assertThat(job.get("stoppedAt").longValue()).isEqualTo(world.now());
    assertThat(job.get("container").get("exitCode").intValue()).isZero();
    JsonNode attempt = job.get("attempts").get(0);
    assertThat(attempt.get("startedAt").longValue()).isEqualTo(world.now() - 1000);
    assertThat(attempt.get("stoppedAt").longValue()).isEqualTo(world.now());
    assertThat(attempt.get("statusReason").textValue())
        .isEqualTo("Essential container in task exited");
    assertThat(attempt.get("container").toString())
        .isEqualTo(
            "{\"containerInstanceArn\":\"%s\",\"taskArn\":\"%s\",\"exitCode\":0,"
                    .formatted(INSTANCE, task("t1"))
                + "\"logStreamName\":\"d/default/t1\",\"networkInterfaces\":[]}");
  }

  @Test
  void aRetriedJobIsClearedUntilItsNextAttemptAndThenShowsThat() {
    JobKey key = world.submit("\"retryStrategy\":{\"attempts\":3}");
    Dispatch first = world.run(key, "t1");
    world.end(key, first, "t1", TaskEnd.hostLost(JobsFixture.HOST, world.now(), world.now()));
    JsonNode waiting = world.describe(key);
    assertThat(waiting.get("status").textValue()).isEqualTo("RUNNABLE");
    assertThat(waiting.get("attempts")).hasSize(1);
    assertAbsent(waiting, "startedAt");
    assertAbsent(
        waiting.get("container"), "taskArn", "containerInstanceArn", "logStreamName", "exitCode");
    JsonNode lost = waiting.get("attempts").get(0);
    assertThat(lost.get("statusReason").textValue())
        .isEqualTo("Host EC2 (instance i-0abc) terminated.");
    assertAbsent(lost.get("container"), "exitCode");

    world.pass(100);
    world.runThrough(key, "t2", 3);
    world.runThrough(key, "t3", 4);
    JsonNode failed = world.describe(key);
    assertThat(failed.get("status").textValue()).isEqualTo("FAILED");
    assertThat(failed.get("attempts")).hasSize(3);
    assertThat(failed.get("container").get("exitCode").intValue()).isEqualTo(4);
    assertThat(failed.get("container").get("logStreamName").textValue()).isEqualTo("d/default/t3");
    assertThat(failed.get("startedAt").longValue()).isEqualTo(world.now() - 1000);
  }

  @Test
  void anAttemptThatNeverStartedHasNoStartAndNoLogs() {
    JobKey key = world.submit("");
    Dispatch dispatch = world.place(key);
    world.end(
        key,
        dispatch,
        "t1",
        TaskEnd.failedToStart("CannotPullContainerError: no such image", world.now()));
    JsonNode job = world.describe(key);
    assertThat(job.get("status").textValue()).isEqualTo("FAILED");
    assertThat(job.get("statusReason").textValue()).isEqualTo("Task failed to start");
    assertThat(job.get("container").get("reason").textValue())
        .isEqualTo("CannotPullContainerError: no such image");
    assertThat(job.get("container").get("taskArn").textValue()).isEqualTo(task("t1"));
    assertAbsent(job, "startedAt");
    assertAbsent(job.get("container"), "exitCode", "logStreamName");
    assertAbsent(job.get("attempts").get(0), "startedAt");
  }

  @Test
  void aJobThatWaitsForCapacitySaysWhatTheLastRoundFound() {
    JobKey held = world.submit("");
    JobKey like = world.submit("");
    JobKey other =
        world.submit(
            "\"containerOverrides\":{\"resourceRequirements\":"
                + "[{\"type\":\"VCPU\",\"value\":\"64\"}]}");
    Shape shape = new Shape(1, 256, 0);
    world.catalog.saveHolds(
        new Holds(
            "q",
            List.of(
                new Holds.Entry(shape, "WAITING:CAPACITY - one", like, 1),
                new Holds.Entry(shape, "WAITING:CAPACITY - two", held, 1)),
            2));
    assertThat(reason(held)).isEqualTo("WAITING:CAPACITY - two");
    assertThat(reason(like)).isEqualTo("WAITING:CAPACITY - one");
    assertAbsent(world.describe(other), "statusReason");
    assertThat(reason(world.submit(""))).isEqualTo("WAITING:CAPACITY - one");
  }

  private String reason(JobKey key) {
    return world.describe(key).get("statusReason").textValue();
  }

  @Test
  void aJobThatWaitsForOthersOrForItsNextTrySaysSo() {
    JobKey first = world.submit("\"retryStrategy\":{\"attempts\":2}");
    JobKey second = world.submit("\"dependsOn\":[{\"jobId\":\"" + first + "\"}]");
    assertThat(world.describe(second).get("status").textValue()).isEqualTo("PENDING");
    assertThat(reason(second)).isEqualTo("WAITING:DEPENDENCY - waits for job " + first);
    assertThat(world.describe(second).get("dependsOn").toString())
        .isEqualTo("[{\"jobId\":\"" + first + "\"}]");
    Dispatch dispatch = world.place(first);
    world.end(first, dispatch, null, TaskEnd.failedToStart("x", world.now()));
    assertThat(reason(first)).startsWith("WAITING:RETRY - the next attempt is made after 2023-11-");
    world.pass(3_600_000);
    assertAbsent(world.describe(first), "statusReason");
  }

  @Test
  void stopsAreShownAsSoonAsTheyAreAskedFor() {
    JobKey waiting = world.submit("");
    JobKey running = world.submit("");
    world.run(running, "t1");
    world.call("CancelJob", "{\"jobId\":\"" + waiting + "\",\"reason\":\"not needed\"}");
    world.call("TerminateJob", "{\"jobId\":\"" + running + "\",\"reason\":\"too long\"}");
    JsonNode cancelled = world.describe(waiting);
    assertThat(cancelled.get("status").textValue()).isEqualTo("FAILED");
    assertThat(cancelled.get("statusReason").textValue()).isEqualTo("not needed");
    assertThat(cancelled.get("isCancelled").booleanValue()).isTrue();
    assertThat(cancelled.get("stoppedAt").longValue()).isEqualTo(world.now());
    assertAbsent(cancelled, "isTerminated", "startedAt");
    JsonNode terminated = world.describe(running);
    assertThat(terminated.get("status").textValue()).isEqualTo("RUNNING");
    assertThat(terminated.get("isTerminated").booleanValue()).isTrue();
  }

  @Test
  void upToAHundredJobsComeInTheOrderAskedForOnceEachAndUnknownOnesAreLeftOut() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 97; i++) {
      ids.add(world.submit("").toString());
    }
    Collections.reverse(ids);
    List<String> asked = new ArrayList<>(ids);
    asked.add("11111111-2222-4333-8444-555555555555");
    asked.add("nonsense");
    asked.add(JobsFixture.BATCH + "job/" + ids.getFirst());
    JsonNode jobs =
        world.call("DescribeJobs", "{\"jobs\":[\"" + String.join("\",\"", asked) + "\"]}");
    assertThat(JobsFixture.texts(jobs.get("jobs"), "jobId")).isEqualTo(ids);
    asked.add("one more");
    assertThat(
            world.refusal("DescribeJobs", "{\"jobs\":[\"" + String.join("\",\"", asked) + "\"]}"))
        .isEqualTo(
            "Error executing request, Exception : Maximum number of jobs supported is  100 .,"
                + " RequestId: request-1");
    assertThat(world.refusal("DescribeJobs", "{}")).contains("jobs is required.");
  }

  @Test
  void aJobOfAPurgedDefinitionIsStillDescribed() {
    JobKey key = world.submit("");
    var spec = world.stored(key).spec();
    var orphan =
        new JobDescription(
            new JobView(world.stored(key), null),
            world.jobs.document(key.job()).orElseThrow(),
            null,
            Map.of());
    var detail = new JobDetails(new Arns("r", "1")).of(orphan);
    assertThat(detail.jobDefinition()).endsWith(spec.definition().toString());
    assertThat(detail.container()).isNull();
  }

  @Test
  void stopKindsOfTheServiceItselfAreNeitherCancelledNorTerminated() {
    JobKey key = world.submit("");
    world.apply(
        key,
        new JobEvent.StopRequested(new StopRequest(Kind.SERVICE, "JobQueue deleted", world.now())));
    assertAbsent(world.describe(key), "isCancelled", "isTerminated");
    assertThat(reason(key)).isEqualTo("JobQueue deleted");
  }

  @Test
  void dependenciesMetLeaveTheEntriesInPlace() {
    JobKey first = world.submit("");
    JobKey second = world.submit("\"dependsOn\":[{\"jobId\":\"" + first + "\"}]");
    world.runThrough(first, "t1", 0);
    world.apply(second, new JobEvent.DependenciesMet(Set.of(first.job())));
    JsonNode job = world.describe(second);
    assertThat(job.get("status").textValue()).isEqualTo("RUNNABLE");
    assertThat(job.get("dependsOn")).hasSize(1);
  }

  private static void assertAbsent(JsonNode node, String... members) {
    for (String member : members) {
      assertThat(node.has(member)).as(member + " in " + node).isFalse();
    }
  }
}
