package dev.longshore.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.local.LocalService;
import dev.longshore.local.LocalSettings;
import dev.longshore.local.demo.Clients;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

@Timeout(60)
class ExplainTest {
  @TempDir private Path directory;

  private static JsonNode explain(LocalService service, String id)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String path = "/longshore/v1/jobs/" + id + "/explain";
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(service.address().resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode json = new ObjectMapper().readTree(answer.body());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(json.has("jobId") ? 200 : 404);
      return json;
    }
  }

  @Test
  @DisplayName(
      "Nextflow kills jobs at the first MISCONFIGURATION: none is seen at any moment while"
          + " hosts boot, and explain says that they do")
  void nextflowDoesNotKillWhileHostsBoot() throws Exception {
    LocalSettings kept = LocalSettings.throwaway().withData(directory);
    String id;
    try (LocalService service = LocalService.start(kept.withBootDelay(Duration.ofHours(1)));
        Clients clients = Clients.of(service.address())) {
      id =
          clients
              .batch()
              .submitJob(it ->
                  it.jobName("j")
                      .jobQueue("default")
                      .jobDefinition("default")
                      .containerOverrides(to -> to.command("true")))
              .jobId();
      boolean coming = false;
      while (!coming) {
        assertHopeful(describe(clients, id));
        coming = explainHopefully(service, id).path("capacity").path("onItsWay").booleanValue();
      }
    }
    // The same host again, whose boot is over now.
    try (LocalService service = LocalService.start(kept);
        Clients clients = Clients.of(service.address())) {
      JobDetail job = describe(clients, id);
      while (job.status() != JobStatus.SUCCEEDED) {
        assertHopeful(job);
        explainHopefully(service, id);
        job = describe(clients, id);
      }
      JsonNode over = explain(service, id);
      assertThat(over.get("summary").textValue()).startsWith("It succeeded on i-");
      assertThat(
              explain(service, "00000000-0000-4000-8000-000000000001").get("message").textValue())
          .startsWith("There is no job 00000000-0000-4000-8000-000000000001");
    }
  }

  private static void assertHopeful(JobDetail job) {
    assertThat(job.status()).isNotEqualTo(JobStatus.FAILED);
    assertThat(String.valueOf(job.statusReason())).doesNotContain("MISCONFIGURATION");
  }

  private static JsonNode explainHopefully(LocalService service, String id)
      throws IOException, InterruptedException {
    JsonNode json = explain(service, id);
    assertThat(json.path("canNeverRun").booleanValue()).isFalse();
    assertThat(json.toString()).doesNotContain("MISCONFIGURATION");
    return json;
  }

  private static JobDetail describe(Clients clients, String id) {
    return clients.batch().describeJobs(it -> it.jobs(id)).jobs().getFirst();
  }
}
