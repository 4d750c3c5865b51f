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
 * alone.
 */
class WholeLoopIT {
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static @Nullable AwsCli cli;

  @BeforeAll
  static void deploy(@TempDir Path folder) throws IOException, InterruptedException {
    Emulator emulator = opened(FakeCloud.start(folder));
    Map<String, String> outputs = new Deployment(emulator, folder.resolve("cdk")).run();
    URI api = URI.create(Objects.requireNonNull(outputs.get("Endpoint")));
    Map<String, String> variables =
        new HashMap<>(opened(Connect.start(emulator, api, folder)).exports());
    variables.put("AWS_ACCESS_KEY_ID", "caller");
    variables.put("AWS_SECRET_ACCESS_KEY", "of connect, which signs anew");
    cli = new AwsCli(variables);
    cli.batch("create-compute-environment", "--compute-environment-name", "ce", "--type", "UNMANAGED");
    for (int tries = 0; tries < 120 && !valid(); tries++) {
      Thread.sleep(500);
    }
    assertThat(valid()).isTrue();
    cli.batch("create-job-queue", "--job-queue-name", "q", "--priority", "1",
        "--compute-environment-order", "order=1,computeEnvironment=ce");
    opened(new TaskReports(emulator)).register("ce", new Shape(4, 8_192, 0));
  }

  private static boolean valid() throws IOException, InterruptedException {
    return cli().batch("describe-compute-environments", "--compute-environments", "ce")
        .at("/computeEnvironments/0/status").asText().equals("VALID");
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

  private static AwsCli cli() {
    return Objects.requireNonNull(cli);
  }

  private static String image() {
    String untested = "the whole loop is not tested";
    return Needed.variable("LONGSHORE_REGISTRY", untested)
        + "/"
        + Needed.variable("LONGSHORE_JOB_IMAGE", untested);
  }

  private static void define(String name, String script, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(
        "register-job-definition",
        "--job-definition-name",
        name,
        "--type",
        "container",
        "--container-properties",
        """
        {"image":"%s","command":["sh","-c","%s"],"resourceRequirements":[
        {"type":"VCPU","value":"1"},{"type":"MEMORY","value":"128"}]}
        """.formatted(image(), script)));
    arguments.addAll(List.of(more));
    cli().batch(arguments.toArray(String[]::new));
  }

  private static String submit(String definition, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("submit-job", "--job-name", definition, "--job-queue", "q", "--job-definition", definition));
    arguments.addAll(List.of(more));
    return cli().batch(arguments.toArray(String[]::new)).path("jobId").asText();
  }

  @Test
  @DisplayName("A job runs as a container and ends with its exit code and its log")
  void ends() throws IOException, InterruptedException {
    define("good", "echo hello from $AWS_BATCH_JOB_ID");
    define("bad", "echo oh; exit 3");
    String good = submit("good");
    String bad = submit("bad");
    JsonNode succeeded = cli().ended(good);
    System.out.println(succeeded);
    assertThat(succeeded.path("status").asText()).isEqualTo("SUCCEEDED");
    JsonNode failed = cli().ended(bad);
    System.out.println(failed);
    assertThat(failed.path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.at("/container/exitCode").asInt()).isEqualTo(3);
  }
}
