package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the adapter's part of a job's life costs; the budgets are those of the design. */
class JobCostTest {
  private static final long NOW = 1_772_323_200_000L;
  private static final HostId HOST = new HostId("nightly-spot-large", "i-0a1b2c3d4e5f60718");
  private static final String TASK = "5f2c3ddc4bd04c6aaf0d8f1f9a2b3c4d";
  private static final JobDocument DOCUMENT =
      new JobDocument(
          "{\"containerOverrides\":{\"command\":[\"sh\",\"-c\",\"./index --shard 17\"],"
              + "\"environment\":[{\"name\":\"INPUT\",\"value\":\"s3://bucket/input/17\"}]}}",
          Map.of("team", "search", "stage", "production"));

  private final WriteUnits units = new WriteUnits();
  private final Table table = EmbeddedTables.fresh(units);
  private final DynamoHostStore hosts = new DynamoHostStore(table);
  private DynamoJobStore jobs =
      new DynamoJobStore(table, () -> Instant.ofEpochMilli(NOW), Duration.ofDays(7));

  private static JobSpec spec(int arraySize) {
    return new JobSpec(
        "search-index-nightly-shard-17",
        "production-high-priority",
        new DefinitionId("search-indexer", 123),
        new Shape(2, 4_096, 0),
        RetryStrategy.ONCE,
        3_600,
        arraySize,
        null,
        0,
        NOW);
  }

  private static JobKey key(int number) {
    return JobKey.whole(new JobId(new UUID(0x4000L + number, 0x8000_0000_0000_0000L + number)));
  }

  private static Dispatch dispatch() {
    return new Dispatch(HOST, "0f5c9ad2b1d64d0a8c1d2e3f4a5b6c7d", 1, 0, NOW + 50);
  }

  private long addHost() {
    Host host =
        new Host(
            HOST,
            State.ACTIVE,
            "m6id.24xlarge",
            new Shape(96, 380_000, 0),
            "0f5c9ad2b1d64d0a8c1d2e3f4a5b6c7d",
            NOW,
            0,
            Set.of(),
            1);
    assertThat(hosts.create(host)).isTrue();
    hosts.release(HOST, Set.of(reservation(99)), NOW);
    return 1;
  }

  private static Reservation reservation(int number) {
    return Reservation.of(key(number), spec(0), dispatch());
  }

  private Job saved(Job after) {
    assertThat(jobs.save(after)).isTrue();
    return after;
  }

  private int sizeOf(ItemKey key) {
    return ItemSize.of(table.get(key).orElseThrow().attributes());
  }

  @Test
  @DisplayName(
      "A single job costs 11 units with RUNNING and its end written apart, and its item"
          + " stays below 1 KB")
  void singleJob() {
    long version = addHost();
    units.reset();
    Job job = Job.fresh(key(1), spec(0), new JobState.Runnable(0));
    assertThat(jobs.create(job, DOCUMENT)).isTrue();
    assertThat(hosts.reserve(HOST, version, Set.of(reservation(1)))).isTrue();
    job = saved(job.in(new JobState.Starting(dispatch(), null)));
    job = saved(job.in(new JobState.Running(dispatch(), TASK, NOW + 900)));
    int running = sizeOf(ItemKey.job(job.key()));
    Job ended =
        new Job(
            job.key(),
            job.spec(),
            new JobState.Ended(true, "Essential container in task exited", NOW + 5_000),
            List.of(
                new Attempt(
                    dispatch(),
                    TASK,
                    NOW + 900,
                    NOW + 5_000,
                    0,
                    null,
                    "Essential container in task exited")),
            0,
            null,
            job.version() + 1);
    saved(ended);
    hosts.release(HOST, Set.of(reservation(1)), NOW + 5_001);

    System.out.println(
        "single job: "
            + units.total()
            + " units, item "
            + running
            + " B running, "
            + sizeOf(ItemKey.job(job.key()))
            + " B ended; "
            + units.snapshot());
    assertThat(units.total()).isLessThanOrEqualTo(12).isEqualTo(11);
    assertThat(sizeOf(ItemKey.job(job.key()))).isLessThan(1_024);
    assertThat(jobs.document(job.key().job())).contains(DOCUMENT);
  }

  @Test
  @DisplayName("25 attempts fit into 1 KB of a host, and one write reserves or releases them all")
  void fullHost() {
    long version = addHost();
    Set<Reservation> all = new HashSet<>();
    for (int number = 1; number <= 25; number++) {
      all.add(reservation(number));
    }
    hosts.reserve(HOST, version, Set.of());
    hosts.reserve(HOST, version + 1, Set.of(reservation(1)));
    hosts.release(HOST, Set.of(reservation(1)), NOW + 1);
    units.reset();
    assertThat(hosts.reserve(HOST, version + 2, all)).isTrue();
    System.out.println("host with 25 attempts: " + sizeOf(ItemKey.host(HOST)) + " B");
    assertThat(sizeOf(ItemKey.host(HOST))).isLessThanOrEqualTo(1_024);
    hosts.release(HOST, all, NOW + 2);
    assertThat(units.total()).isEqualTo(2);
    assertThat(units.snapshot().get(WriteKind.RESERVED))
        .satisfies(reserved -> assertThat(reserved.folding()).isEqualTo(25, within(0.01)));
  }

  @Test
  @DisplayName("A child costs three units beside its shares of pages and hosts")
  void child() {
    Job parent = Job.fresh(key(1), spec(1_000), new JobState.Open());
    assertThat(jobs.create(parent, DOCUMENT)).isTrue();
    units.reset();
    ArrayPage unwritten = ArrayPage.unwritten(parent.key().job(), 0, 1_000, ChildState.RUNNABLE);
    ArrayPage handed = set(unwritten, 10, ChildState.HANDED_OVER);
    assertThat(jobs.savePage(handed)).isTrue();
    for (int index = 0; index < 10; index++) {
      JobKey key = JobKey.child(parent.key().job(), index);
      Job child = Job.fresh(key, parent.spec(), new JobState.Starting(dispatch(), null));
      assertThat(jobs.createChild(child)).isTrue();
      child = saved(child.in(new JobState.Running(dispatch(), TASK, NOW)));
      saved(child.in(new JobState.Ended(true, "done", NOW)));
    }
    assertThat(jobs.savePage(set(handed, 10, ChildState.SUCCEEDED))).isTrue();
    System.out.println(
        "10 children: "
            + units.total()
            + " units; child "
            + sizeOf(ItemKey.job(JobKey.child(parent.key().job(), 0)))
            + " B, page "
            + sizeOf(ItemKey.page(parent.key().job(), 0))
            + " B");
    assertThat(units.total()).isEqualTo(32);
    assertThat(units.snapshot().get(WriteKind.PAGE)).isEqualTo(new WriteUnits.Count(2, 0, 20, 2));
  }

  private static ArrayPage set(ArrayPage page, int first, ChildState state) {
    return page.with((index, was) -> index < first ? state : was);
  }

  private static JobSpec multiNode(int count) {
    JobSpec one = spec(0);
    return new JobSpec(
        one.name(),
        one.queue(),
        one.definition(),
        one.shape(),
        one.retry(),
        one.timeoutSeconds(),
        0,
        null,
        0,
        NOW,
        ChildOrder.NONE,
        List.of(),
        new NodeGroups(0, List.of(new NodeGroups.Group(count, one.shape())), null));
  }

  private Job runThrough(Job started) {
    Dispatch live = started.dispatch().orElseThrow();
    Job running = saved(started.in(new JobState.Running(live, TASK, NOW + 900)));
    String words = "Essential container in task exited";
    return saved(
        new Job(
            running.key(),
            running.spec(),
            new JobState.Ended(true, words, NOW + 5_000),
            List.of(new Attempt(live, TASK, NOW + 900, NOW + 5_000, 0, null, words)),
            0,
            null,
            running.version() + 1));
  }

  @Test
  @DisplayName("A multi-node job costs 9 units, 2 for its main node's host and 5 a further node")
  void multiNodeJob() {
    for (int count : List.of(2, 3, 10)) {
      Table fresh = EmbeddedTables.fresh(units);
      assertThat(unitsOf(count, new DynamoHostStore(fresh), fresh))
          .isEqualTo(9 + 2 + 5 * (count - 1));
    }
  }

  private double unitsOf(int count, DynamoHostStore own, Table fresh) {
    jobs = new DynamoJobStore(fresh, () -> Instant.ofEpochMilli(NOW), Duration.ofDays(7));
    Job job = Job.fresh(key(1), multiNode(count), new JobState.Runnable(0));
    List<String> gang = new ArrayList<>();
    Map<HostId, Reservation> rooms = new LinkedHashMap<>();
    for (int node = 0; node < count; node++) {
      gang.add("i-0a1b2c3d4e5f6071" + node);
    }
    Dispatch main =
        new Dispatch(
                new HostId(HOST.environment(), gang.getFirst()), "0f5c9ad2b1d64d0a8c1d", 1, 0, NOW)
            .withGang(gang);
    for (int node = 0; node < count; node++) {
      JobKey key = node == 0 ? job.key() : JobKey.node(job.key().job(), node);
      rooms.put(main.hostOf(node), Reservation.of(key, job.spec(), main));
      assertThat(
              own.create(
                  new Host(
                      main.hostOf(node),
                      State.ACTIVE,
                      "m5.large",
                      new Shape(2, 8_000, 0),
                      "ci",
                      NOW,
                      0,
                      Set.of(),
                      1)))
          .isTrue();
    }
    units.reset();
    assertThat(jobs.create(job, DOCUMENT)).isTrue();
    rooms.forEach((host, room) -> assertThat(own.reserve(host, 1, Set.of(room))).isTrue());
    job = saved(job.in(new JobState.Starting(main, null)));
    List<Job> nodes = new ArrayList<>();
    for (int node = 1; node < count; node++) {
      Dispatch live = main.ofNode(node, "0f5c9ad2b1d64d0a8c1d", NOW);
      JobKey key = JobKey.node(job.key().job(), node);
      Job begun = Job.fresh(key, job.spec(), new JobState.Starting(live, null));
      assertThat(jobs.createChild(begun)).isTrue();
      nodes.add(begun);
    }
    runThrough(job);
    nodes.forEach(this::runThrough);
    rooms.forEach((host, room) -> own.release(host, Set.of(room), NOW + 5_001));
    System.out.println(
        "multi-node job of %d nodes: %s units; %s"
            .formatted(count, units.total(), units.snapshot()));
    return units.total();
  }

  @Test
  @DisplayName("A refused write is counted by the size of what is there")
  void refusedWrites() {
    Job job = Job.fresh(key(1), spec(0), new JobState.Runnable(0));
    jobs.create(job, new JobDocument("{}", Map.of()));
    units.reset();
    assertThat(jobs.save(job.in(new JobState.Open()).in(new JobState.Open()))).isFalse();
    assertThat(units.snapshot())
        .containsExactly(Map.entry(WriteKind.JOB_SAVED, new WriteUnits.Count(0, 1, 0, 1)));
    long version = addHost();
    Set<Reservation> all = new HashSet<>();
    for (int number = 1; number <= 60; number++) {
      all.add(reservation(number));
    }
    hosts.reserve(HOST, version, all);
    units.reset();
    assertThat(hosts.reserve(HOST, version, all)).isFalse();
    assertThat(units.total()).as("60 attempts are 3 KB").isEqualTo(3);
  }

  @Test
  @DisplayName("A large document is paid for once")
  void largeDocument() {
    Job job = Job.fresh(key(1), spec(0), new JobState.Runnable(0));
    units.reset();
    jobs.create(job, new JobDocument("x".repeat(5_000), Map.of()));
    assertThat(units.total()).isEqualTo(5 + 2);
    units.reset();
    saved(job.in(new JobState.Starting(dispatch(), null)));
    assertThat(units.total()).isEqualTo(3);
  }

  @Test
  @DisplayName("Each dependency costs one unit for its edge")
  void edges() {
    units.reset();
    jobs.addEdge(key(1).job(), key(2).job(), NOW);
    assertThat(units.total()).isEqualTo(1);
  }
}
