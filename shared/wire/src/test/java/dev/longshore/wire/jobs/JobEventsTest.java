package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Front;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.port.Written;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.core.usecase.PublishEvents;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.wire.Arns;
import dev.longshore.wire.event.EventJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From stored changes over the publisher to the JSON that a bus carries. */
class JobEventsTest {
  private static final String BLOCKED =
      "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU)"
          + " is higher than that can be met by the CE(s) attached to the job queue. Too large.";

  private final Changes changes = new Changes();
  private final JobsFixture world = new JobsFixture(changes);
  private final Bus bus = new Bus();
  private final PublishEvents publish = new PublishEvents(world.jobs, bus);
  private final EventJson json =
      new EventJson(new EventDetails(world.jobs, world.catalog), EventJson.AWS_SOURCE);
  private int published;

  /** What was stored, in order. */
  private static final class Changes implements Watcher {
    private final List<Written> all = new ArrayList<>();

    @Override
    public void jobStored(@Nullable Job before, Job after) {
      all.add(new Written.JobWritten(before, after));
    }

    @Override
    public void pageStored(@Nullable ArrayPage before, ArrayPage after) {
      all.add(new Written.PageWritten(before, after));
    }
  }

  /** Takes so many events more, then fails once. */
  private static final class Bus implements EventBus {
    private final List<BatchEvent> all = new ArrayList<>();
    private int failsAfter = Integer.MAX_VALUE;

    @Override
    public void publish(List<BatchEvent> events) {
      assertThat(events).hasSizeBetween(1, MOST);
      if (all.size() + events.size() > failsAfter) {
        failsAfter = Integer.MAX_VALUE;
        throw new StoreException("the bus does not answer", new IllegalStateException());
      }
      all.addAll(events);
    }
  }

  private List<BatchEvent> news() {
    int from = bus.all.size();
    while (published < changes.all.size()) {
      publish.publish("record " + published, changes.all.get(published), world.now());
      published++;
    }
    return bus.all.subList(from, bus.all.size());
  }

  private JsonNode render(BatchEvent event) {
    try {
      Arns arns = new Arns("eu-west-1", "123456789012");
      return new ObjectMapper().readTree(json.render(List.of(event), arns).getFirst());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** The only event since the last call is about this job and says what DescribeJobs says. */
  private JsonNode told(JobKey key) {
    List<BatchEvent> news = news();
    assertThat(news).hasSize(1);
    JsonNode event = render(news.getFirst());
    ObjectNode detail = event.get("detail").deepCopy();
    assertThat(detail.remove("longshore").get("sequence").longValue())
        .isEqualTo(news.getFirst().sequence());
    assertThat(detail).isEqualTo(world.describe(key));
    return event;
  }

  @Test
  @DisplayName("In every state the event's detail is what DescribeJobs says at that moment")
  void detailEqualsDescribeJobs() {
    JobKey first = world.submit("\"tags\":{\"team\":\"a\"},\"retryStrategy\":{\"attempts\":2}");
    assertThat(told(first).get("detail").get("status").textValue()).isEqualTo("RUNNABLE");
    JobKey second = world.submit("\"dependsOn\":[{\"jobId\":\"" + first + "\"}]");
    assertThat(told(second).get("detail").get("status").textValue()).isEqualTo("PENDING");
    Dispatch dispatch = world.place(first);
    assertThat(told(first).get("detail").get("status").textValue()).isEqualTo("STARTING");
    world.apply(first, new JobEvent.TaskStarted(dispatch.keyOf(first), "t1", world.now()));
    assertThat(told(first).get("detail").get("status").textValue()).isEqualTo("RUNNING");
    world.end(first, dispatch, "t1", TaskEnd.exited(3, null, world.now(), world.now()));
    assertThat(told(first).get("detail").get("attempts")).hasSize(1);
    world.runThrough(first, "t2", 0);
    assertThat(news()).hasSize(3);
    world.apply(second, new JobEvent.DependenciesMet(Set.of(first.job())));
    assertThat(told(second).get("detail").get("status").textValue()).isEqualTo("RUNNABLE");
    world.call("CancelJob", "{\"jobId\":\"" + second + "\",\"reason\":\"enough\"}");
    JsonNode end = told(second).get("detail");
    assertThat(end.get("statusReason").textValue()).isEqualTo("enough");
    assertThat(end.get("isCancelled").booleanValue()).isTrue();
  }

  @Test
  @DisplayName("The envelope is EventBridge's")
  void envelope() {
    JobKey key = world.submit("");
    ObjectNode event = told(key).deepCopy();
    event.remove("detail");
    assertThat(event.remove("id").textValue()).hasSize(36);
    assertThat(event)
        .hasToString(
            "{\"version\":\"0\",\"detail-type\":\"Batch Job State"
                + " Change\",\"source\":\"aws.batch\","
                + "\"account\":\"123456789012\",\"time\":\"2023-11-14T22:13:20Z\","
                + "\"region\":\"eu-west-1\",\"resources\":[\""
                + JobsFixture.BATCH
                + "job/"
                + key
                + "\"]}");
  }

  @Test
  @DisplayName("Repeated, an event has the same ID and the same sequence")
  void repetition() {
    world.submit("");
    BatchEvent once = news().getFirst();
    published = 0;
    BatchEvent again = news().getFirst();
    assertThat(render(again).get("id")).isEqualTo(render(once).get("id"));
    assertThat(again.sequence()).isEqualTo(once.sequence());
  }

  @Test
  @DisplayName("An array tells of its parent and of each child, from pages that hold a thousand")
  void array() {
    JobKey parent = world.submit("\"arrayProperties\":{\"size\":1500}");
    List<BatchEvent> news = new ArrayList<>(news());
    assertThat(news).hasSize(1501);
    assertThat(
            render(news.getFirst())
                .get("detail")
                .get("arrayProperties")
                .get("statusSummary")
                .get("RUNNABLE")
                .intValue())
        .isEqualTo(1500);
    JobKey child = JobKey.child(parent.job(), 1_007);
    world.call("TerminateJob", "{\"jobId\":\"" + child + "\",\"reason\":\"not this one\"}");
    JsonNode detail = told(child).get("detail");
    assertThat(detail.get("arrayProperties").get("index").intValue()).isEqualTo(1_007);
    assertThat(detail.get("status").textValue()).isEqualTo("FAILED");
    ArrayPage page = ArrayPage.unwritten(parent.job(), 0, 1500, ChildState.RUNNABLE);
    StopRequest stop = new StopRequest(StopRequest.Kind.TERMINATE, "all", world.now());
    assertThat(world.jobs.savePage(page.stopUnstarted(stop))).isTrue();
    List<BatchEvent> stopped = new ArrayList<>(news());
    assertThat(stopped).hasSize(1000);
    assertThat(stopped.get(999).job().key()).isEqualTo(JobKey.child(parent.job(), 999));
  }

  @Test
  @DisplayName("An array whose dependency fails tells of each child what DescribeJobs says of it")
  void arrayWhoseDependencyFails() {
    JobKey target = world.submit("");
    JobKey parent =
        world.submit(
            "\"arrayProperties\":{\"size\":3},\"dependsOn\":[{\"jobId\":\"" + target + "\"}]");
    news();
    world.apply(parent, new JobEvent.DependencyFailed(target.job()));
    List<BatchEvent> news = List.copyOf(news());
    assertThat(news).hasSize(4);
    for (BatchEvent event : news) {
      ObjectNode detail = render(event).get("detail").deepCopy();
      assertThat(detail.remove("longshore").get("sequence").longValue())
          .isEqualTo(event.sequence());
      assertThat(detail).isEqualTo(world.describe(event.job().key()));
      assertThat(detail.get("statusReason").textValue()).isEqualTo("Dependent Job failed");
    }
    assertThat(news.getLast().job().key()).isEqualTo(JobKey.child(parent.job(), 2));
  }

  @Test
  @DisplayName("A record that failed half-way goes on there; after a crash it comes again, whole")
  void resumesInsideOfARecord() {
    world.submit("\"arrayProperties\":{\"size\":1000}");
    bus.failsAfter = 650;
    assertThatThrownBy(this::news).isInstanceOf(StoreException.class);
    assertThat(bus.all).hasSize(600);
    news();
    assertThat(bus.all).hasSize(1001);
    Set<String> told = new HashSet<>();
    bus.all.forEach(event -> told.add(event.job().key() + "#" + event.sequence()));
    assertThat(told).hasSize(1001);
    bus.all.clear();
    bus.failsAfter = 650;
    assertThatThrownBy(() -> publishFirst(new PublishEvents(world.jobs, bus)))
        .isInstanceOf(StoreException.class);
    publishFirst(new PublishEvents(world.jobs, bus));
    assertThat(bus.all).hasSize(1601);
    bus.all.forEach(event -> told.remove(event.job().key() + "#" + event.sequence()));
    assertThat(told).isEmpty();
  }

  private void publishFirst(PublishEvents other) {
    other.publish("record 0", changes.all.getFirst(), world.now());
  }

  private static Holds holds(long version, Job first, String reason, long since) {
    return new Holds(
        "q",
        List.of(
            new Holds.Entry(
                first.spec().shape(), reason, first.key(), since, first.spec().needs())),
        new Front(
            first.key(),
            since,
            "",
            0,
            0,
            reason.equals(BLOCKED) ? new Front.Blockage(reason, since, since) : null),
        version);
  }

  private List<BatchEvent> blocked(Holds before, Holds after) {
    int from = bus.all.size();
    publish.publish("holds " + after.version(), new Written.HoldsWritten(before, after), 5_000);
    return bus.all.subList(from, bus.all.size());
  }

  @Test
  @DisplayName("A blocked queue is told once for each head and reason")
  void queueBlocked() {
    JobKey first = world.submit("");
    JobKey second = world.submit("");
    news();
    Holds none = Holds.none("q");
    Holds waits = holds(1, world.stored(first), "WAITING:CAPACITY - soon", 1_000);
    Holds blocks = holds(2, world.stored(first), BLOCKED, 2_000);
    Holds next = holds(3, world.stored(second), BLOCKED, 3_000);
    assertThat(blocked(none, waits)).isEmpty();
    List<BatchEvent> told = List.copyOf(blocked(waits, blocks));
    assertThat(told).hasSize(1);
    assertThat(blocked(blocks, blocks)).isEmpty();
    assertThat(blocked(blocks, next)).hasSize(1);
    JsonNode event = render(told.getFirst());
    assertThat(event.get("detail-type").textValue()).isEqualTo("Batch Job Queue Blocked");
    assertThat(event.get("resources").toString())
        .isEqualTo(
            "[\"%sjob/%s\",\"%sjob-queue/q\"]"
                .formatted(JobsFixture.BATCH, first, JobsFixture.BATCH));
    assertThat(event.get("detail").get("status").textValue()).isEqualTo("RUNNABLE");
    assertThat(event.get("detail").get("statusReason").textValue()).isEqualTo(BLOCKED);
    world.place(first);
    assertThat(blocked(waits, blocks)).as("the head runs by now").isEmpty();
  }

  @Test
  @DisplayName("A child at the head of a blocked queue is told of before it has an item")
  void blockedByChild() {
    JobKey parent = world.submit("\"arrayProperties\":{\"size\":3}");
    Job child =
        Job.fresh(
            JobKey.child(parent.job(), 1),
            world.stored(parent).spec(),
            world.stored(parent).state());
    List<BatchEvent> told = blocked(Holds.none("q"), holds(1, child, BLOCKED, 2_000));
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().job().key()).isEqualTo(child.key());
  }
}
