package dev.longshore.local.destroy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.local.LocalService;
import dev.longshore.local.LocalSettings;
import dev.longshore.local.connect.Hindrance;
import dev.longshore.local.demo.Clients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.batch.model.JobStatus;

/** On the service as it runs here. */
@TestMethodOrder(OrderAnnotation.class)
class BeforeDestroyTest {
  private static LocalService service;
  private static Clients clients;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    service = LocalService.start(LocalSettings.throwaway());
    clients = Clients.of(service.address());
  }

  @AfterAll
  static void stop() {
    clients.close();
    service.close();
  }

  private record Said(int status, String text) {}

  private static Said look(boolean delete) throws Hindrance, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    Estate estate = new Estate(clients.batch(), out, Duration.ofSeconds(60));
    int status = BeforeDestroyCommand.look(estate, delete, out);
    return new Said(status, bytes.toString(UTF_8));
  }

  @Test
  @Order(1)
  @DisplayName("A stack whose service still owns compute environments is not destroyed")
  void refuses() throws Hindrance, InterruptedException {
    Said said = look(false);
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text()).contains("  default  MANAGED, VALID", "--delete-environments");
    assertThat(clients.batch().describeComputeEnvironments().computeEnvironments()).hasSize(1);
  }

  @Test
  @Order(2)
  @DisplayName("When asked to, it deletes all queues, whose jobs end, and all environments")
  void deletes() throws Hindrance, InterruptedException {
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
    Said said = look(true);
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
  void nothingLeft() throws Hindrance, InterruptedException {
    assertThat(look(false).status()).isZero();
  }
}
