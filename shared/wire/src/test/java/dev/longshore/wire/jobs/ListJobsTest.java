package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.StopRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListJobsTest {
  private final JobsFixture world = new JobsFixture();

  private String submit(String name, String definition) {
    world.pass(1);
    return world
        .call(
            "SubmitJob",
            "{\"jobName\":\"%s\",\"jobQueue\":\"q\",\"jobDefinition\":\"%s\"}"
                .formatted(name, definition))
        .get("jobId")
        .textValue();
  }

  private JobKey next() {
    return JobKey.parse(submit("job", "d")).orElseThrow();
  }

  /** IDs of all pages. */
  private List<String> list(String members) {
    return list(members, "maxResults\":1000");
  }

  private List<String> list(String members, String size) {
    List<String> found = new ArrayList<>();
    String token = "";
    for (int pages = 0; pages < 1000; pages++) {
      JsonNode page =
          world.call("ListJobs", "{\"jobQueue\":\"q\",\"%s%s%s}".formatted(size, members, token));
      found.addAll(JobsFixture.texts(page.get("jobSummaryList"), "jobId"));
      if (!page.has("nextToken")) {
        return found;
      }
      token = ",\"nextToken\":\"" + page.get("nextToken").textValue() + "\"";
    }
    throw new AssertionError("pages without end");
  }

  @Test
  void withoutStatusAndFilterOnlyRunningJobsAreListed() {
    JobKey running = next();
    world.run(running, "t1");
    JobKey starting = next();
    world.place(starting);
    JobKey runnable = next();
    JobKey done = next();
    world.runThrough(done, "t2", 0);
    JobKey failed = next();
    world.runThrough(failed, "t3", 1);
    JobKey waiting = world.submit("\"dependsOn\":[{\"jobId\":\"" + runnable + "\"}]");
    world.pass(1);
    JobKey array = world.submit("\"arrayProperties\":{\"size\":3}");

    assertThat(list("")).containsExactly(running.toString());
    assertThat(list(",\"jobStatus\":\"RUNNING\"")).containsExactly(running.toString());
    assertThat(list(",\"jobStatus\":\"STARTING\"")).containsExactly(starting.toString());
    assertThat(list(",\"jobStatus\":\"RUNNABLE\"")).containsExactly(runnable.toString());
    assertThat(list(",\"jobStatus\":\"SUCCEEDED\"")).containsExactly(done.toString());
    assertThat(list(",\"jobStatus\":\"FAILED\"")).containsExactly(failed.toString());
    assertThat(list(",\"jobStatus\":\"pending\""))
        .containsExactly(array.toString(), waiting.toString());
    assertThat(list(",\"jobStatus\":\"SUBMITTED\"")).isEmpty();
  }

  @Test
  void aSummaryHasTheMembersOfItsState() {
    JobKey done = next();
    world.runThrough(done, "t2", 3);
    JsonNode summary =
        world
            .call("ListJobs", "{\"jobQueue\":\"q\",\"jobStatus\":\"FAILED\"}")
            .get("jobSummaryList")
            .get(0);
    assertThat(summary.toString())
        .isEqualTo(
            ("{\"jobArn\":\"%sjob/%s\",\"jobId\":\"%s\",\"jobName\":\"job\",\"createdAt\":%d,\"status\":\"FAILED\",\"statusReason\":\"Essential"
                 + " container in task exited\","
                 + "\"startedAt\":%d,\"stoppedAt\":%d,\"container\":{\"exitCode\":3},"
                 + "\"jobDefinition\":\"%sjob-definition/d:1\"}")
                .formatted(
                    JobsFixture.BATCH,
                    done,
                    done,
                    world.now() - 1000,
                    world.now() - 1000,
                    world.now(),
                    JobsFixture.BATCH));
    world.submit("\"arrayProperties\":{\"size\":3}");
    JsonNode array =
        world
            .call("ListJobs", "{\"jobQueue\":\"q\",\"jobStatus\":\"PENDING\"}")
            .get("jobSummaryList")
            .get(0);
    assertThat(array.get("arrayProperties").toString()).isEqualTo("{\"size\":3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"jobQueue\":\"\"}",
        "{\"jobQueue\":\"q\",\"arrayJobId\":\"x\"}",
        "{\"arrayJobId\":\"x\",\"multiNodeJobId\":\"y\"}"
      })
  void exactlyOneSelectorMustBeThere(String body) {
    assertThat(world.refusal("ListJobs", body))
        .isEqualTo("Exactly one of jobQueue, arrayJobId and multiNodeJobId must be specified.");
  }

  @Test
  void theQueueMustExistAndMayBeAnArn() {
    assertThat(world.refusal("ListJobs", "{\"jobQueue\":\"none\"}"))
        .isEqualTo("JobQueue none not found.");
    world.queue("gone", true, ResourceStatus.DELETED, null);
    assertThat(world.refusal("ListJobs", "{\"jobQueue\":\"gone\"}")).contains("not found");
    world.call("ListJobs", "{\"jobQueue\":\"arn:aws:batch:r:1:job-queue/q\"}");
  }

  @Test
  void aFilterFindsJobsInAllStatesNewestFirst() {
    world.define(
        "other",
        "{\"type\":\"container\",\"containerProperties\":{\"image\":\"i\","
            + "\"vcpus\":1,\"memory\":4}}");
    world.define(
        "other",
        "{\"type\":\"container\",\"containerProperties\":{\"image\":\"i\","
            + "\"vcpus\":1,\"memory\":4}}");
    String a = submit("Alpha-1", "d");
    String b = submit("alpha-2", "other:1");
    String c = submit("beta", "other:2");
    world.runThrough(JobKey.parse(b).orElseThrow(), "t", 0);

    assertThat(filter("JOB_NAME", "alpha*")).containsExactly(b, a);
    assertThat(filter("JOB_NAME", "ALPHA-1")).containsExactly(a);
    assertThat(filter("JOB_NAME", "alpha")).isEmpty();
    assertThat(filter("JOB_NAME", "beta\",\"alpha-1")).containsExactly(c, a);
    assertThat(filter("JOB_NAME", "*")).containsExactly(c, b, a);
    assertThat(filter("JOB_DEFINITION", "other")).containsExactly(c, b);
    assertThat(filter("JOB_DEFINITION", "OTHER")).isEmpty();
    assertThat(filter("JOB_DEFINITION", "oth*")).containsExactly(c, b);
    assertThat(filter("JOB_DEFINITION", "arn:aws:batch:r:1:job-definition/other:1"))
        .containsExactly(b);
    assertThat(filter("JOB_DEFINITION", "arn:aws:batch:r:1:job-queue/other")).isEmpty();
    // jobStatus is ignored beside these.
    assertThat(
            list(
                ",\"jobStatus\":\"FAILED\",\"filters\":"
                    + "[{\"name\":\"JOB_NAME\",\"values\":[\"beta\"]}]"))
        .containsExactly(c);
  }

  private List<String> filter(String name, String value) {
    return list(",\"filters\":[{\"name\":\"%s\",\"values\":[\"%s\"]}]".formatted(name, value));
  }

  @Test
  void creationTimesAreExclusiveBounds() {
    String a = submit("a", "d");
    long at = world.now();
    String b = submit("b", "d");
    String c = submit("c", "d");
    assertThat(filter("BEFORE_CREATED_AT", Long.toString(at))).isEmpty();
    assertThat(filter("BEFORE_CREATED_AT", Long.toString(at + 2))).containsExactly(b, a);
    assertThat(filter("AFTER_CREATED_AT", Long.toString(at))).containsExactly(c, b);
    assertThat(filter("AFTER_CREATED_AT", Long.toString(at + 2))).isEmpty();
  }

  @Test
  void aShareFilterCombinesWithTheStatus() {
    String body =
        "{\"jobName\":\"a\",\"jobQueue\":\"fair\",\"jobDefinition\":\"d\",\"shareIdentifier\":\"%s\"}";
    String one = world.call("SubmitJob", body.formatted("one")).get("jobId").textValue();
    world.call("SubmitJob", body.formatted("two"));
    String query =
        "{\"jobQueue\":\"fair\",\"filters\":[{\"name\":\"SHARE_IDENTIFIER\",\"values\":[\"one\"]}]%s}";
    assertThat(ids(query.formatted(""))).containsExactly(one);
    assertThat(ids(query.formatted(",\"jobStatus\":\"RUNNABLE\""))).containsExactly(one);
    assertThat(ids(query.formatted(",\"jobStatus\":\"RUNNING\""))).isEmpty();
  }

  private List<String> ids(String body) {
    return JobsFixture.texts(world.call("ListJobs", body).get("jobSummaryList"), "jobId");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "filters":[{"name":"job_name","values":["a"]}] | filters.name must be JOB_NAME
          "filters":[{"values":["a"]}] | filters.name is required.
          "filters":[{"name":"JOB_NAME"}] | filters.values must have at least one entry.
          "filters":[{"name":"JOB_NAME","values":["a"]},{"name":"JOB_NAME","values":["b"]}] | Only one filter can be used at a time.
          "filters":[{"name":"AFTER_CREATED_AT","values":["yesterday"]}] | filters.values must be epoch milliseconds, not yesterday.
          "jobStatus":"DONE" | must be one of [SUBMITTED, PENDING, RUNNABLE, STARTING, RUNNING, SUCCEEDED, FAILED]
          "maxResults":0 | maxResults must be at least 1.
          "nextToken":"x" | nextToken is not valid
          "nextToken":"§" | nextToken is not valid
          """)
  void aWrongQueryIsRefused(String members, String message) {
    assertThat(world.refusal("ListJobs", "{\"jobQueue\":\"q\"," + members + "}")).contains(message);
  }

  @Test
  void aTokenIsGoodForItsQueryOnly() {
    next();
    next();
    String token =
        world
            .call("ListJobs", "{\"jobQueue\":\"q\",\"jobStatus\":\"RUNNABLE\",\"maxResults\":1}")
            .get("nextToken")
            .textValue();
    String query = "{\"jobQueue\":\"%s\",\"jobStatus\":\"%s\",\"nextToken\":\"" + token + "\"}";
    assertThat(world.call("ListJobs", query.formatted("q", "RUNNABLE")).get("jobSummaryList"))
        .hasSize(1);
    assertThat(world.refusal("ListJobs", query.formatted("q", "FAILED"))).contains("nextToken");
    assertThat(world.refusal("ListJobs", query.formatted("fair", "RUNNABLE")))
        .contains("nextToken");
  }

  @Test
  void pagesOfAnySizeGiveEachJobOnceAlsoWhenManyShareAMillisecond() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      if (i % 10 == 0) {
        world.pass(1);
      }
      all.add(world.submit("").toString());
    }
    for (String size : List.of("maxResults\":7", "maxResults\":50", "maxResults\":250")) {
      assertThat(list(",\"jobStatus\":\"RUNNABLE\"", size))
          .containsExactlyInAnyOrderElementsOf(all);
      assertThat(list(",\"filters\":[{\"name\":\"JOB_NAME\",\"values\":[\"*\"]}]", size))
          .containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void jobsThatChangeLanesBetweenPagesAreNeitherLostNorDoubled() {
    List<JobKey> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(next());
    }
    List<String> found = new ArrayList<>();
    String token = "";
    for (int moved = 0; ; moved++) {
      JsonNode page =
          world.call(
              "ListJobs",
              "{\"jobQueue\":\"q\",\"maxResults\":4,\"filters\":"
                  + "[{\"name\":\"JOB_NAME\",\"values\":[\"job\"]}]"
                  + token
                  + "}");
      found.addAll(JobsFixture.texts(page.get("jobSummaryList"), "jobId"));
      if (!page.has("nextToken")) {
        break;
      }
      token = ",\"nextToken\":\"" + page.get("nextToken").textValue() + "\"";
      world.runThrough(all.get(moved), "t", moved % 2);
      world.run(all.get(39 - moved), "t");
    }
    List<String> newestFirst = new ArrayList<>(all.stream().map(JobKey::toString).toList());
    Collections.reverse(newestFirst);
    assertThat(found).isEqualTo(newestFirst);
  }

  @Test
  void noCallLooksAtMoreThanTwoThousandEntries() {
    for (int i = 0; i < 2100; i++) {
      world.submit("");
    }
    JobKey oldest = JobKey.parse(list(",\"jobStatus\":\"RUNNABLE\"").getLast()).orElseThrow();
    world.apply(oldest, new JobEvent.StopRequested(stop()));
    JsonNode page =
        world.call(
            "ListJobs",
            "{\"jobQueue\":\"q\",\"filters\":[{\"name\":\"JOB_NAME\",\"values\":[\"none\"]}]}");
    assertThat(page.get("jobSummaryList")).isEmpty();
    assertThat(page.has("nextToken")).isTrue();
    assertThat(filter("JOB_NAME", "none")).isEmpty();
    assertThat(list(",\"jobStatus\":\"RUNNABLE\"")).hasSize(2099);
  }

  private StopRequest stop() {
    return new StopRequest(StopRequest.Kind.CANCEL, "x", world.now());
  }

  @Test
  void aPageIsAtMostAThousandJobsAndAHundredWithAFilter() {
    for (int i = 0; i < 1001; i++) {
      world.submit("");
    }
    assertThat(ids("{\"jobQueue\":\"q\",\"jobStatus\":\"RUNNABLE\",\"maxResults\":5000}"))
        .hasSize(1000);
    assertThat(ids("{\"jobQueue\":\"q\",\"jobStatus\":\"RUNNABLE\"}")).hasSize(1000);
    assertThat(
            ids(
                "{\"jobQueue\":\"q\",\"maxResults\":5000,\"filters\":"
                    + "[{\"name\":\"JOB_NAME\",\"values\":[\"job\"]}]}"))
        .hasSize(100);
    Set<String> all = Set.copyOf(list(",\"jobStatus\":\"RUNNABLE\""));
    assertThat(all).hasSize(1001);
  }
}
