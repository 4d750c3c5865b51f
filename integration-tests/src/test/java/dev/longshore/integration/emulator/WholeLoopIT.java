package dev.longshore.integration.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deployed stack from the AWS CLI to containers and back: jobs end by the events of their tasks
 * alone. Every function is one of Lambda's, called by the stack's own API, stream, queues, rules
 * and timer. Two things are not as AWS has them, because the emulator lacks them: no mapping waits
 * for more messages ({@link FakeCloud}), and events of tasks are completed ({@link TaskReports}).
 */
class WholeLoopIT {
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static @Nullable Jobs jobs;
  private static @Nullable Logs logs;

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
}
