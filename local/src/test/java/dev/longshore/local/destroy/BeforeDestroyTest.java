package dev.longshore.local.destroy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.local.LocalService;
import dev.longshore.local.LocalSettings;
import dev.longshore.local.demo.Clients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.batch.model.JobStatus;

/** On the service as it runs here, which takes any signature. */
@TestMethodOrder(OrderAnnotation.class)
class BeforeDestroyTest {
  private static final List<String> KEYS =
      List.of(
          SdkSystemSetting.AWS_ACCESS_KEY_ID.property(),
          SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property());

  private static LocalService service;
  private static Clients clients;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    KEYS.forEach(key -> System.setProperty(key, "local"));
    service = LocalService.start(LocalSettings.throwaway());
    clients = Clients.of(service.address());
  }

  @AfterAll
  static void stop() {
    clients.close();
    service.close();
    KEYS.forEach(System::clearProperty);
  }

  private record Said(int status, String text) {}

  /** What the launcher runs, with what cdk is told among its arguments. */
  private static Said run(String... more) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      CommandLine command = new CommandLine(new BeforeDestroyCommand());
      String[] arguments = {
        "--force",
        "-c",
        "stack=mine",
        "--region",
        "us-east-1",
        "--endpoint",
        service.address().toString()
      };
      String[] all = new String[arguments.length + more.length];
      System.arraycopy(arguments, 0, all, 0, arguments.length);
      System.arraycopy(more, 0, all, arguments.length, more.length);
      int status = command.execute(all);
      return new Said(status, bytes.toString(UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  @Test
  @Order(1)
  @DisplayName("A stack whose service still owns compute environments is not destroyed")
  void refuses() {
    Said said = run();
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text()).contains("  default  MANAGED, VALID", "--delete-environments");
    assertThat(clients.batch().describeComputeEnvironments().computeEnvironments()).hasSize(1);
  }

  @Test
  @Order(2)
  @DisplayName("When asked to, it deletes all queues, whose jobs end, and all environments")
  void deletes() {
    String job =
        clients
            .batch()
            .submitJob(submit ->
                submit
                    .jobName("long")
                    .jobQueue("default")
                    .jobDefinition("default")
                    .containerOverrides(it -> it.command("sleep", "600")))
            .jobId();
    Said said = run("--delete-environments");
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(said.text()).contains("deleting the queue default", "deleting the environment");
    assertThat(clients.batch().describeComputeEnvironments().computeEnvironments()).isEmpty();
    assertThat(clients.batch().describeJobQueues().jobQueues()).isEmpty();
    assertThat(clients.batch().describeJobs(it -> it.jobs(job)).jobs().getFirst().status())
        .isEqualTo(JobStatus.FAILED);
  }

  @Test
  @Order(3)
  @DisplayName("A service that owns nothing any more lets its stack go")
  void nothingLeft() {
    assertThat(run().status()).isZero();
  }
}
