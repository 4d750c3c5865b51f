package dev.longshore.integration.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deployed stack from the AWS CLI to containers and back: jobs end by the events of their tasks
 * alone. Every function is one of Lambda's, called by the stack's own API, stream, queues, rules
 * and timer. Two things are not as AWS has them, because the emulator lacks them: no mapping waits
 * for more messages ({@link FakeCloud}), and events of tasks are completed ({@link TaskReports}).
 */
@TestMethodOrder(OrderAnnotation.class)
class WholeLoopIT {
  private static final String MANAGED =
      "type=EC2,minvCpus=0,maxvCpus=4,instanceTypes=m5.large,subnets=subnet-0123456789abcdef0,"
          + "securityGroupIds=sg-0123456789abcdef0,instanceRole=ecsInstanceRole";

  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static @Nullable Jobs jobs;
  private static @Nullable Logs logs;
  private static @Nullable Requests requests;
  private static String slow = "";

  @BeforeAll
  static void deploy(@TempDir Path folder) throws IOException, InterruptedException {
    Emulator emulator = opened(FakeCloud.start(folder));
    Map<String, String> outputs =
        new Deployment(emulator, folder.resolve("cdk"), FakeCloud::template).run();
    URI api = URI.create(Objects.requireNonNull(outputs.get("Endpoint")));
    Map<String, String> variables =
        new HashMap<>(opened(Connect.start(emulator, api, folder)).exports());
    variables.put("AWS_ACCESS_KEY_ID", "caller");
    variables.put("AWS_SECRET_ACCESS_KEY", "of connect, which signs anew");
    logs = opened(new Logs(emulator));
    jobs = new Jobs(new AwsCli(variables));
    jobs.queue("q", "ce", "--type", "UNMANAGED");
    opened(new TaskReports(emulator)).register("ce", new Shape(4, 8_192, 0));
    requests = new Requests(folder.resolve(FakeCloud.LOG));
    // Its minute passes while the other tests run.
    jobs.define("sleeps", "sleep 900");
    slow = jobs.submit("sleeps", "--timeout", "attemptDurationSeconds=60");
  }

  private static <T extends AutoCloseable> T opened(T one) {
    OPEN.addFirst(one);
    return one;
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable each : OPEN) {
      each.close();
    }
  }

  private static Jobs jobs() {
    return Objects.requireNonNull(jobs);
  }

  private static List<String> logOf(JsonNode job) {
    return Objects.requireNonNull(logs)
        .lines("/aws/batch/job", job.at("/container/logStreamName").asText());
  }

  @Test
  @DisplayName("A job runs as a container and ends with its exit code and its log")
  void ends() throws IOException, InterruptedException {
    jobs().define("good", "echo hello from $AWS_BATCH_JOB_ID");
    jobs().define("bad", "echo oh; exit 3");
    String good = jobs().submit("good");
    String bad = jobs().submit("bad");

    JsonNode succeeded = jobs().ended(good);
    assertThat(succeeded.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(succeeded.at("/container/exitCode").asInt(-1)).isZero();
    assertThat(logOf(succeeded)).hasSize(1).first().asString().endsWith("hello from " + good);

    JsonNode failed = jobs().ended(bad);
    assertThat(failed.path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.at("/container/exitCode").asInt()).isEqualTo(3);
    assertThat(failed.path("attempts")).hasSize(1);
    assertThat(logOf(failed)).hasSize(1).first().asString().endsWith("oh");
  }

  @Test
  @DisplayName("Each child of an array runs, and the array ends as its children do")
  void arrays() throws IOException, InterruptedException {
    jobs().define("child", "exit $AWS_BATCH_JOB_ARRAY_INDEX");
    String array = jobs().submit("child", "--array-properties", "size=3");
    JsonNode parent = jobs().in("FAILED", array);
    assertThat(parent.at("/arrayProperties/statusSummary/SUCCEEDED").asInt()).isEqualTo(1);
    assertThat(parent.at("/arrayProperties/statusSummary/FAILED").asInt()).isEqualTo(2);
    assertThat(jobs().ended(array + ":0").path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(jobs().ended(array + ":2").at("/container/exitCode").asInt()).isEqualTo(2);
  }

  @Test
  @DisplayName("A job starts after the one that it depends on, and not at all if that one fails")
  void dependencies() throws IOException, InterruptedException {
    jobs().define("short", "sleep 2");
    jobs().define("fails", "exit 1");
    String first = jobs().submit("short");
    String second = jobs().submit("short", "--depends-on", "jobId=" + first);
    String failing = jobs().submit("fails");
    String never = jobs().submit("short", "--depends-on", "jobId=" + failing);
    JsonNode ended = jobs().ended(second);
    assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(ended.path("startedAt").asLong())
        .isGreaterThanOrEqualTo(jobs().ended(first).path("stoppedAt").asLong());
    JsonNode cancelled = jobs().in("FAILED", never);
    assertThat(cancelled.path("statusReason").asText()).contains("ependent");
    assertThat(cancelled.path("attempts")).isEmpty();
  }

  @Test
  @DisplayName("An attempt that fails is followed by another one while there are attempts left")
  void retries() throws IOException, InterruptedException {
    jobs().define("second", "test $AWS_BATCH_JOB_ATTEMPT = 2 || exit 7");
    JsonNode job = jobs().ended(jobs().submit("second", "--retry-strategy", "attempts=3"));
    assertThat(job.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(job.path("attempts")).hasSize(2);
    assertThat(job.at("/attempts/0/container/exitCode").asInt()).isEqualTo(7);
    assertThat(job.at("/attempts/1/container/exitCode").asInt(-1)).isZero();
  }

  @Test
  @DisplayName("A job that is terminated is stopped, and FAILED with the reason that was given")
  void terminates() throws IOException, InterruptedException {
    String job = jobs().submit("sleeps");
    jobs().in("RUNNING", job);
    jobs().terminate(job, "no longer wanted");
    JsonNode ended = jobs().ended(job);
    assertThat(ended.path("status").asText()).isEqualTo("FAILED");
    assertThat(ended.path("statusReason").asText()).isEqualTo("no longer wanted");
    assertThat(ended.at("/container/exitCode").asInt()).isEqualTo(137);
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  @DisplayName("The timer stops a job that runs longer than its timeout")
  void timesOut() throws IOException, InterruptedException {
    JsonNode ended = jobs().ended(slow);
    assertThat(ended.path("status").asText()).isEqualTo("FAILED");
    assertThat(ended.path("statusReason").asText())
        .isEqualTo("Job attempt duration exceeded timeout");
    assertThat(ended.path("stoppedAt").asLong() - ended.path("startedAt").asLong())
        .isGreaterThanOrEqualTo(60_000);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName(
      "Figures: RUNNABLE to RunTask and to CreateFleet, with the hops and waits on the way; it is"
          + " seconds at most, also on an emulator")
  void figures() throws IOException, InterruptedException {
    System.out.println(
        "emulator time, functions warm; of each hop up to 500 ms are its poller's, and of one to a"
            + " round up to 300 ms are for the nudge's slot to be over");
    for (int i = 0; i < 3; i++) {
      String job = jobs().submit("good");
      show("RunTask (goal < 1000)", "ecs:RunTask", jobs().ended(job));
    }
    for (String environment : List.of("managed", "managed-too")) {
      String queue = "of-" + environment;
      jobs().queue(queue, environment, "--type", "MANAGED", "--compute-resources", MANAGED);
      String job = jobs().submitTo(queue, "good");
      show("CreateFleet (goal < 2000)", "ec2:CreateFleet", jobs().in("RUNNABLE", job));
    }
  }

  private static void show(String name, String request, JsonNode job)
      throws IOException, InterruptedException {
    Instant runnable = Instant.ofEpochMilli(job.path("createdAt").asLong());
    Requests.Way way = Objects.requireNonNull(requests).way(runnable, request);
    System.out.printf(
        "RUNNABLE to %s: %d ms, %d hops: %s; in all %s%n",
        name, way.millis(), way.hops(), way.steps(), way.counted());
    assertThat(way.millis()).isBetween(0L, 20_000L);
  }
}
