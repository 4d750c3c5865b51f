package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.StopRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrayJobsTest {
  private final JobsFixture world = new JobsFixture();

  private JobKey array(int size) {
    return world.submit("\"arrayProperties\":{\"size\":" + size + "}");
  }

  private static JobKey child(JobKey array, int index) {
    return JobKey.child(array.job(), index);
  }

  private ArrayPage page(JobKey array, int number) {
    return ArrayFamily.pageOf(
        world.stored(array), number, world.jobs.page(array.job(), number).orElse(null));
  }

  /** In the page only, as a crash right behind the page's write leaves it. */
  private void handOver(JobKey array, int index) {
    ArrayPage page = page(array, index / ArrayPage.SIZE);
    assertThat(world.jobs.savePage(ArrayFamily.handOver(page, Set.of(index)))).isTrue();
  }

  private JobKey begin(JobKey array, int index) {
    handOver(array, index);
    JobKey key = child(array, index);
    Job fresh = Job.fresh(key, world.stored(array).spec(), new JobState.Runnable(0));
    assertThat(world.jobs.createChild(fresh)).isTrue();
    return key;
  }

  private void fold(JobKey array, JobKey child) {
    ArrayPage page = page(array, child.index() / ArrayPage.SIZE);
    assertThat(world.jobs.savePage(ArrayFamily.fold(page, List.of(world.stored(child))))).isTrue();
  }

  private String summary(JobKey array) {
    JsonNode counts = world.describe(array).get("arrayProperties").get("statusSummary");
    return List.of("SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED")
        .stream()
        .map(status -> Integer.toString(counts.get(status).intValue()))
        .collect(Collectors.joining(" "));
  }

  @Test
  void aParentIsPendingAndCountsItsChildrenInAllSevenStates() {
    JobKey array = array(2500);
    JsonNode job = world.describe(array);
    assertThat(job.get("status").textValue()).isEqualTo("PENDING");
    assertThat(job.get("arrayProperties").get("size").intValue()).isEqualTo(2500);
    assertThat(job.get("arrayProperties").get("statusSummary")).hasSize(7);
    assertThat(job.get("arrayProperties").has("index")).isFalse();
    assertThat(job.get("attempts")).isEmpty();
    assertThat(job.get("container").get("image").textValue()).isEqualTo("busybox");
    assertThat(summary(array)).isEqualTo("0 0 2500 0 0 0 0");
  }

  @Test
  void theSummaryIsExactWhileThePagesLagBehindTheChildren() {
    JobKey array = array(1200);
    JobKey running = begin(array, 3);
    world.run(running, "t1");
    JobKey starting = begin(array, 1100);
    world.place(starting);
    JobKey done = begin(array, 1101);
    world.runThrough(done, "t2", 0);
    JobKey failed = begin(array, 0);
    world.runThrough(failed, "t3", 1);
    assertThat(summary(array)).isEqualTo("0 0 1196 1 1 1 1");
    fold(array, failed);
    fold(array, done);
    assertThat(summary(array)).isEqualTo("0 0 1196 1 1 1 1");
  }

  @Test
  void whatLivesInManyChildrenIsCountedByPageAndStillAddsUp() {
    JobKey array = array(1000);
    ArrayPage page = page(array, 0);
    Set<Integer> many = IntStream.range(0, 300).boxed().collect(Collectors.toSet());
    assertThat(world.jobs.savePage(ArrayFamily.handOver(page, many))).isTrue();
    assertThat(summary(array)).isEqualTo("0 0 700 300 0 0 0");
  }

  @Test
  void aChildThatWasNotHandedOverIsDescribedFromItsPage() {
    JobKey array = world.submit("\"arrayProperties\":{\"size\":5},\"tags\":{\"a\":\"b\"}");
    JsonNode job = world.describe(child(array, 4));
    assertThat(job.get("jobId").textValue()).isEqualTo(array + ":4");
    assertThat(job.get("jobArn").textValue()).isEqualTo(JobsFixture.BATCH + "job/" + array + ":4");
    assertThat(job.get("jobName").textValue()).isEqualTo("job");
    assertThat(job.get("status").textValue()).isEqualTo("RUNNABLE");
    assertThat(job.get("arrayProperties").toString()).isEqualTo("{\"index\":4}");
    assertThat(job.get("tags")).isEmpty();
    assertThat(job.get("container").get("image").textValue()).isEqualTo("busybox");
  }

  @Test
  void aChildIsThereAsLongAsItsIndexAndItsParentAre() {
    JobKey array = array(3);
    JobKey single = world.submit("");
    JsonNode jobs =
        world.call(
            "DescribeJobs",
            "{\"jobs\":[\"%s:3\",\"%s:0\",\"%s#0\",\"11111111-2222-4333-8444-555555555555:1\"]}"
                .formatted(array, single, array));
    assertThat(jobs.get("jobs")).isEmpty();
    JobKey child = begin(array, 1);
    world.runThrough(child, "t", 0);
    assertThat(world.describe(child).get("status").textValue()).isEqualTo("SUCCEEDED");
    world.apply(array, new JobEvent.ChildrenClosed(true));
    assertThat(world.describe(array).has("statusReason")).isFalse();
    world.pass(8L * 24 * 3600 * 1000);
    assertThat(world.call("DescribeJobs", "{\"jobs\":[\"" + child + "\"]}").get("jobs")).isEmpty();
  }

  @Test
  void childrenOfAParentThatWaitsArePendingAndFailWithIt() {
    JobKey first = world.submit("");
    JobKey array =
        world.submit(
            "\"arrayProperties\":{\"size\":4},\"dependsOn\":[{\"jobId\":\"" + first + "\"}]");
    assertThat(world.describe(child(array, 0)).get("status").textValue()).isEqualTo("PENDING");
    assertThat(summary(array)).isEqualTo("0 4 0 0 0 0 0");
    world.apply(array, new JobEvent.DependencyFailed(first.job()));
    JsonNode job = world.describe(child(array, 0));
    assertThat(job.get("status").textValue()).isEqualTo("FAILED");
    assertThat(job.get("statusReason").textValue()).isEqualTo("Dependent Job failed");
    assertThat(summary(array)).isEqualTo("0 0 0 0 0 0 4");
  }

  @Test
  void aChildStoppedUnstartedSaysWhy() {
    JobKey array = array(3);
    world.call("CancelJob", "{\"jobId\":\"" + array + ":1\",\"reason\":\"just one\"}");
    JsonNode one = world.describe(child(array, 1));
    assertThat(one.get("status").textValue()).isEqualTo("FAILED");
    assertThat(one.get("statusReason").textValue()).isEqualTo("just one");
    assertThat(one.get("isCancelled").booleanValue()).isTrue();
    assertThat(one.get("stoppedAt").longValue()).isEqualTo(world.now());
    assertThat(world.describe(child(array, 2)).get("status").textValue()).isEqualTo("RUNNABLE");

    world.call("TerminateJob", "{\"jobId\":\"" + array + "\",\"reason\":\"all\"}");
    assertThat(world.describe(array).get("isTerminated").booleanValue()).isTrue();
    assertThat(world.describe(child(array, 2)).get("isTerminated").booleanValue()).isTrue();
    StopRequest all = new StopRequest(Kind.TERMINATE, "all", world.now());
    assertThat(world.jobs.savePage(page(array, 0).stopUnstarted(all))).isTrue();
    assertThat(world.describe(child(array, 2)).get("statusReason").textValue()).isEqualTo("all");
    assertThat(world.describe(child(array, 1)).get("statusReason").textValue())
        .isEqualTo("just one");
  }

  @Test
  void childrenAreListedByStateWhereverTheirStateIsKept() {
    JobKey array = array(1500);
    world.run(begin(array, 1400), "t1");
    JobKey done = begin(array, 7);
    world.runThrough(done, "t2", 0);
    JobKey failed = begin(array, 8);
    world.runThrough(failed, "t3", 9);
    fold(array, failed);
    handOver(array, 9);
    world.call("CancelJob", "{\"jobId\":\"" + array + ":10\",\"reason\":\"x\"}");

    assertThat(list(array, null)).containsExactly(array + ":1400");
    assertThat(list(array, "SUCCEEDED")).containsExactly(array + ":7");
    assertThat(list(array, "FAILED")).containsExactly(array + ":8", array + ":10");
    assertThat(list(array, "STARTING")).isEmpty();
    assertThat(list(array, "PENDING")).isEmpty();
    List<String> runnable = list(array, "RUNNABLE");
    assertThat(runnable)
        .hasSize(1496)
        .startsWith(array + ":0", array + ":1")
        .contains(array + ":9");
    JsonNode summary =
        world
            .call("ListJobs", "{\"arrayJobId\":\"" + array + "\",\"jobStatus\":\"FAILED\"}")
            .get("jobSummaryList")
            .get(0);
    assertThat(summary.get("container").toString()).isEqualTo("{\"exitCode\":9}");
    assertThat(summary.get("arrayProperties").toString()).isEqualTo("{\"index\":8}");
  }

  private List<String> list(JobKey array, @Nullable String status) {
    List<String> found = new ArrayList<>();
    String token = "";
    while (true) {
      JsonNode page =
          world.call(
              "ListJobs",
              "{\"arrayJobId\":\"%s\",\"maxResults\":400%s%s}"
                  .formatted(
                      array, status == null ? "" : ",\"jobStatus\":\"" + status + "\"", token));
      assertThat(page.get("jobSummaryList").size()).isLessThanOrEqualTo(400);
      found.addAll(JobsFixture.texts(page.get("jobSummaryList"), "jobId"));
      if (!page.has("nextToken")) {
        return found;
      }
      token = ",\"nextToken\":\"" + page.get("nextToken").textValue() + "\"";
    }
  }

  @Test
  void onlyArraysHaveChildren() {
    JobKey single = world.submit("");
    assertThat(world.refusal("ListJobs", "{\"arrayJobId\":\"" + single + "\"}"))
        .isEqualTo("Job " + single + " is not an array job.");
    String unknown = "11111111-2222-4333-8444-555555555555";
    assertThat(world.refusal("ListJobs", "{\"arrayJobId\":\"" + unknown + "\"}"))
        .isEqualTo("Job " + unknown + " not found.");
    assertThat(world.refusal("ListJobs", "{\"arrayJobId\":\"x\"}")).isEqualTo("Job x not found.");
    assertThat(world.refusal("ListJobs", "{\"multiNodeJobId\":\"" + single + "\"}"))
        .isEqualTo("Job " + single + " is not a multi-node parallel job.");
  }
}
