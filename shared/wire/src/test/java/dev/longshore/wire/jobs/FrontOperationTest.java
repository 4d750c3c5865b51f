package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.Front;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrontOperationTest {
  private final JobsFixture world = new JobsFixture();

  private String submit(String queue, String more) {
    world.pass(1);
    return world
        .call(
            "SubmitJob",
            "{\"jobName\":\"j\",\"jobQueue\":\"%s\",\"jobDefinition\":\"d\"%s}"
                .formatted(queue, more))
        .get("jobId")
        .textValue();
  }

  private JsonNode front(String queue) {
    return world
        .call("GetJobQueueSnapshot", "{\"jobQueue\":\"%s\"}".formatted(queue))
        .get("frontOfQueue");
  }

  private List<String> jobs(String queue) {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : front(queue).get("jobs")) {
      String arn = job.get("jobArn").textValue();
      assertThat(arn).startsWith("arn:aws:batch:").contains(":job/");
      ids.add(arn.substring(arn.indexOf("/") + 1));
    }
    return ids;
  }

  @Test
  @DisplayName("RUNNABLE jobs are shown in the order of their start, children of arrays one by one")
  void inOrder() {
    String a = submit("q", "");
    String array = submit("q", ",\"arrayProperties\":{\"size\":3}");
    String b = submit("q", "");
    submit("q", ",\"dependsOn\":[{\"jobId\":\"%s\"}]".formatted(a));
    assertThat(jobs("q")).containsExactly(a, array + ":0", array + ":1", array + ":2", b);
    world.runThrough(JobKey.parse(a).orElseThrow(), "t", 0);
    assertThat(jobs("q")).first().isEqualTo(array + ":0");
    assertThat(jobs("fair")).isEmpty();
  }

  @Test
  @DisplayName("In a fair-share queue shares take turns, and priority decides inside a share")
  void shares() {
    String one = submit("fair", ",\"shareIdentifier\":\"a\"");
    String two = submit("fair", ",\"shareIdentifier\":\"a\"");
    String three = submit("fair", ",\"shareIdentifier\":\"a\",\"schedulingPriorityOverride\":9");
    String four = submit("fair", ",\"shareIdentifier\":\"b\"");
    assertThat(jobs("fair")).containsExactly(three, four, one, two);
  }

  @Test
  @DisplayName("Not more than 100 jobs are shown")
  void hundred() {
    submit("q", ",\"arrayProperties\":{\"size\":250}");
    assertThat(jobs("q")).hasSize(100).last().asString().endsWith(":99");
  }

  @Test
  @DisplayName("A job has had its place since it came, or since the front moved, if that was later")
  void since() {
    String a = submit("q", "");
    long early = world.jobs.find(JobKey.parse(a).orElseThrow()).orElseThrow().spec().createdAt();
    assertThat(front("q").get("jobs").get(0).get("earliestTimeAtPosition").asLong())
        .isEqualTo(early);
    world.pass(60_000);
    JobKey key = JobKey.parse(a).orElseThrow();
    Holds holds = new Holds("q", List.of(), new Front(key, early + 5_000, "", 0, 0), 2);
    assertThat(world.catalog.saveHolds(holds)).isTrue();
    submit("q", "");
    JsonNode front = front("q");
    assertThat(front.get("jobs").get(0).get("earliestTimeAtPosition").asLong())
        .isEqualTo(early + 5_000);
    assertThat(front.get("jobs").get(1).get("earliestTimeAtPosition").asLong())
        .isGreaterThanOrEqualTo(early + 60_000);
    assertThat(front.get("lastUpdatedAt").asLong()).isGreaterThanOrEqualTo(early + 60_000);
  }

  @Test
  @DisplayName("An unknown queue is refused")
  void unknown() {
    assertThat(world.refusal("GetJobQueueSnapshot", "{\"jobQueue\":\"none\"}"))
        .isEqualTo("JobQueue none not found.");
    assertThat(world.refusal("GetJobQueueSnapshot", "{}")).contains("jobQueue is required.");
  }
}
