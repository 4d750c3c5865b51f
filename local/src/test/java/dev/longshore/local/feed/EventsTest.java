package dev.longshore.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.local.LocalService;
import dev.longshore.local.LocalSettings;
import dev.longshore.local.demo.Clients;
import dev.longshore.local.feed.Listener.Heard;
import dev.longshore.wire.codec.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

@Timeout(60)
class EventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private Path file;
  private LocalService service;
  private Clients clients;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    file = directory.resolve("events.jsonl");
    start(LocalSettings.throwaway().withEvents(file));
  }

  private void start(LocalSettings settings) throws IOException, InterruptedException {
    service = LocalService.start(settings);
    clients = Clients.of(service.address());
  }

  @AfterEach
  void stop() {
    clients.close();
    service.close();
  }

  private String submit(SubmitJobRequest.Builder job, String... command) {
    return clients
        .batch()
        .submitJob(
            job.jobName("job")
                .jobQueue("default")
                .jobDefinition("default")
                .containerOverrides(it -> it.command(command))
                .build())
        .jobId();
  }

  private JobDetail describe(String id) {
    DescribeJobsResponse answer = clients.batch().describeJobs(it -> it.jobs(id));
    return answer.jobs().getFirst();
  }

  private static boolean isEnd(Heard heard, String id) {
    return heard.say().equals(id + " SUCCEEDED") || heard.say().equals(id + " FAILED");
  }

  private List<JsonNode> written() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  @Test
  @DisplayName(
      "Checklist 22: at least one event per transition, attempts grow, and detail equals"
          + " DescribeJobs")
  void everyTransition() throws Exception {
    try (Listener listener = new Listener(service.address(), "", null)) {
      assertThat(listener.contentType()).isEqualTo("text/event-stream");
      String id =
          submit(
              SubmitJobRequest.builder().retryStrategy(it -> it.attempts(2)),
              "sh",
              "-c",
              "exit $((AWS_BATCH_JOB_ATTEMPT - 1))");
      String retried =
          submit(
              SubmitJobRequest.builder().retryStrategy(it -> it.attempts(2)),
              "sh",
              "-c",
              "exit $((2 - AWS_BATCH_JOB_ATTEMPT))");
      List<Heard> heard =
          new ArrayList<>(listener.until(one -> isEnd(one, id) || isEnd(one, retried)));
      String other = isEnd(heard.getLast(), id) ? retried : id;
      if (heard.stream().noneMatch(one -> isEnd(one, other))) {
        heard.addAll(listener.until(one -> isEnd(one, other)));
      }
      assertThat(statuses(heard, id))
          .containsExactly("RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED");
      assertThat(statuses(heard, retried))
          .containsExactly(
              "RUNNABLE", "STARTING", "RUNNING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED");
      List<Heard> ofRetried = of(heard, retried);
      assertThat(ofRetried)
          .extracting(one -> one.detail().get("attempts").size())
          .containsExactly(0, 0, 0, 1, 1, 1, 2);
      for (String job : List.of(id, retried)) {
        Heard last = of(heard, job).getLast();
        assertThat(last.event().get("detail-type").textValue()).isEqualTo("Batch Job State Change");
        assertThat(last.event().get("source").textValue()).isEqualTo("aws.batch");
        assertThat(last.event().get("resources").get(0)).isEqualTo(last.detail().get("jobArn"));
        ObjectNode detail = last.detail().deepCopy();
        detail.remove("longshore");
        assertThat(detail).isEqualTo(JSON.readTree(WireJson.write(describe(job))));
      }
    }
  }

  private static List<Heard> of(List<Heard> heard, String job) {
    return heard.stream().filter(one -> one.detail().get("jobId").textValue().equals(job)).toList();
  }

  private static List<String> statuses(List<Heard> heard, String job) {
    return of(heard, job).stream().map(one -> one.detail().get("status").textValue()).toList();
  }

  @Test
  @DisplayName("An array has events of its parent and of every child, in order for each of them")
  void arrays() throws Exception {
    try (Listener listener = new Listener(service.address(), "", null)) {
      String id = submit(SubmitJobRequest.builder().arrayProperties(it -> it.size(12)), "true");
      List<Heard> heard = listener.until(one -> isEnd(one, id));
      assertThat(statuses(heard, id)).containsExactly("PENDING", "SUCCEEDED");
      JsonNode parent = of(heard, id).getLast().detail().get("arrayProperties");
      assertThat(parent.get("statusSummary").get("SUCCEEDED").intValue()).isEqualTo(12);
      Map<String, String> last = new HashMap<>();
      Map<String, Long> sequence = new HashMap<>();
      for (Heard one : heard) {
        String job = one.detail().get("jobId").textValue();
        JsonNode own = one.detail().get("longshore");
        assertThat(own.get("previousStatus").textValue())
            .isEqualTo(last.getOrDefault(job, "SUBMITTED"));
        assertThat(own.get("sequence").longValue()).isGreaterThan(sequence.getOrDefault(job, 0L));
        last.put(job, one.detail().get("status").textValue());
        sequence.put(job, own.get("sequence").longValue());
      }
      assertThat(last)
          .hasSize(13)
          .allSatisfy((_, status) -> assertThat(status).isEqualTo("SUCCEEDED"));
      assertThat(statuses(heard, id + ":7"))
          .containsExactly("RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED");
      assertThat(of(heard, id + ":7").getLast().detail().get("arrayProperties").get("index"))
          .isEqualTo(JSON.readTree("7"));
    }
  }

  @Test
  @DisplayName("A listener that comes back hears what it missed; a filter leaves others out")
  void comesBack() throws Exception {
    String one = submit(SubmitJobRequest.builder(), "true");
    List<Heard> all;
    try (Listener listener = new Listener(service.address(), "?lastEventId=0", null)) {
      all = listener.until(heard -> isEnd(heard, one));
    }
    String two = submit(SubmitJobRequest.builder(), "true");
    try (Listener again =
        new Listener(service.address(), "?jobQueue=default", all.getFirst().id())) {
      List<Heard> heard = again.until(some -> isEnd(some, two));
      assertThat(heard).startsWith(all.subList(1, all.size()).toArray(Heard[]::new));
    }
    try (Listener only = new Listener(service.address(), "?lastEventId=0&jobId=" + two, null)) {
      assertThat(only.until(some -> isEnd(some, two)))
          .hasSize(4)
          .allMatch(heard -> heard.say().startsWith(two));
    }
  }

  @Test
  @DisplayName("The file has each event once as one line of JSON")
  void file() throws Exception {
    try (Listener listener = new Listener(service.address(), "", null)) {
      String id = submit(SubmitJobRequest.builder(), "true");
      List<Heard> heard = listener.until(one -> isEnd(one, id));
      assertThat(written()).isEqualTo(heard.stream().map(Heard::event).toList());
    }
  }

  @Test
  @DisplayName("What happened while the service was down or before it was published still comes")
  void afterRestart() throws Exception {
    stop();
    LocalSettings kept =
        LocalSettings.throwaway().withEvents(file).withData(directory.resolve("data"));
    start(kept);
    Path go = directory.resolve("go");
    String script = "while [ ! -e " + go + " ]; do sleep 0.05; done";
    String id = submit(SubmitJobRequest.builder(), "sh", "-c", script);
    await(id, "RUNNING");
    stop();
    int before = written().size();
    start(kept);
    Files.createFile(go);
    await(id, "SUCCEEDED");
    List<String> statuses = new ArrayList<>();
    for (JsonNode event : written()) {
      if (event.get("detail").get("jobId").textValue().equals(id)) {
        statuses.add(event.get("detail").get("status").textValue());
      }
    }
    assertThat(statuses).containsExactly("RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED");
    assertThat(written()).hasSizeGreaterThan(before);
  }

  private void await(String id, String status) throws IOException, InterruptedException {
    while (written().stream()
        .noneMatch(event ->
            event.get("detail").get("jobId").textValue().equals(id)
                && event.get("detail").get("status").textValue().equals(status))) {
      Thread.sleep(Duration.ofMillis(20));
    }
  }
}
