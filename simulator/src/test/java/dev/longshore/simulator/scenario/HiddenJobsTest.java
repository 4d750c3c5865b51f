package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.share.Usage;
import dev.longshore.core.usecase.ExplainJob;
import dev.longshore.core.usecase.JobExplanation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs that can start behind many that can not ({@code docs/decisions/0004}). */
class HiddenJobsTest {
  private static final Shape NEVER = new Shape(99, 512, 0);
  private static final Shape WHOLE = new Shape(2, 512, 0);
  private static final JobState WAITS = new JobState.Runnable(0);

  private final Rig rig = new Rig();
  private final AtomicInteger read = new AtomicInteger();
  private final Service service =
      rig.service(
          new Alteration() {
            @Override
            public JobStore jobs(JobStore real) {
              return Twist.of(
                  JobStore.class,
                  real,
                  (method, _, call) -> {
                    read.addAndGet(method.equals("line") ? 1 : 0);
                    return call.answer();
                  });
            }
          });

  private Job put(Shape shape, @Nullable String share, int priority, List<Need> needs) {
    return put(shape, share, priority, needs, null, 0);
  }

  private Job put(
      Shape shape,
      @Nullable String share,
      int priority,
      List<Need> needs,
      @Nullable NodeGroups nodes,
      int arraySize) {
    rig.now++;
    JobSpec spec =
        new JobSpec(
            "a",
            share == null ? Setting.APART : Setting.SHARED,
            Setting.DEFINITION,
            shape,
            RetryStrategy.ONCE,
            0,
            arraySize,
            share,
            priority,
            rig.now,
            ChildOrder.NONE,
            needs,
            nodes);
    JobState state = arraySize == 0 ? WAITS : new JobState.Open();
    Job job = Job.fresh(JobKey.whole(rig.ids.random()), spec, state);
    rig.jobs.create(job, new JobDocument("{}", Map.of()));
    return job;
  }

  private Job put(Shape shape) {
    return put(shape, null, 0, List.of());
  }

  private void put(int count, Shape shape) {
    for (int number = 0; number < count; number++) {
      put(shape);
    }
  }

  private JobStatus status(Job job) {
    return rig.stored(job).status();
  }

  private int readByRound() {
    read.set(0);
    service.schedule().accept(Setting.APART);
    return read.get();
  }

  @Test
  @DisplayName(
      "A job behind 1,500 that can never run gets a host, starts, and can say why it waits")
  void behindNever() {
    put(1_500, NEVER);
    Job last = put(Rig.SMALL);
    ExplainJob explain =
        new ExplainJob(
            rig.jobs,
            rig.catalog,
            rig.hosts,
            new Setting.Types(),
            () -> Instant.ofEpochMilli(rig.now));
    assertThat(explain.explain(last.key()))
        .map(it -> it.why() instanceof JobExplanation.WaitsForRoom room ? room.hold() : null)
        .hasValueSatisfying(held -> assertThat(held.text()).startsWith("WAITING:CAPACITY"));
    service.capacity().accept(Setting.APART);
    assertThat(rig.launches).hasSize(1);
    assertThat(rig.launches.getFirst().instanceType()).isEqualTo("m.small");
    rig.host("i-9", Set.of());
    service.schedule().accept(Setting.APART);
    assertThat(status(last)).isEqualTo(JobStatus.STARTING);
  }

  @Test
  @DisplayName("A round reads on only when the first jobs leave room that they cannot use")
  void readsNoMoreThanBefore() {
    put(3_000, Rig.SMALL);
    assertThat(readByRound()).as("no room").isEqualTo(lanes());
    rig.host("i-1", Set.of());
    assertThat(readByRound()).as("all room is used").isEqualTo(lanes());
  }

  /** Two lanes of each queue of the domain; the shares of the other have none. */
  private static int lanes() {
    return 2;
  }

  @Test
  @DisplayName("A look goes ten windows far at most, and the next one goes on where it ended")
  void goesOn() {
    put(25_000, NEVER);
    Job last = put(Rig.SMALL);
    rig.host("i-1", Set.of());
    int looks = 0;
    while (status(last) == JobStatus.RUNNABLE) {
      assertThat(readByRound()).isBetween(lanes() + 1, lanes() + 9);
      assertThat(readByRound()).as("a moment later").isIn(lanes(), lanes() + 9, lanes() + 7);
      rig.now += 15_000;
      looks++;
      assertThat(looks).isLessThanOrEqualTo(3);
    }
    assertThat(looks).isEqualTo(3);
  }

  @Test
  @DisplayName("After a look in vain a queue is left alone for a quarter of a minute")
  void pauses() {
    put(1_500, NEVER);
    rig.host("i-1", Set.of());
    assertThat(readByRound()).isEqualTo(lanes() + 2);
    LineSearch search = rig.catalog.search(Setting.APART, LineSearch.Reader.SCHEDULER);
    assertThat(search.lane()).as("it came to the end").isNull();
    rig.now += 14_999;
    assertThat(readByRound()).isEqualTo(lanes());
    rig.now += 1;
    assertThat(readByRound()).isEqualTo(lanes() + 2);
  }

  @Test
  @DisplayName("What is kept for the head of the queue stays kept, whatever is found behind")
  void keepsTheHead() {
    Host host = rig.host("i-1", Set.of());
    Job holder = put(Rig.SMALL);
    rig.hosts.reserve(host.id(), host.version(), Set.of(rig.room(holder, rig.dispatch("i-1"))));
    List<Job> wide = new ArrayList<>();
    for (int number = 0; number < 1_500; number++) {
      wide.add(put(WHOLE));
    }
    Job small = put(Rig.SMALL);
    assertThat(readByRound()).as("the only room is kept").isEqualTo(lanes());
    assertThat(status(small)).isEqualTo(JobStatus.RUNNABLE);
    rig.hosts.create(
        new Host(
            new HostId(Rig.ENVIRONMENT, "i-2"),
            Host.State.ACTIVE,
            "m.small",
            new Shape(1, 7_500, 0),
            "ci-2",
            rig.now,
            0,
            Set.of(),
            1));
    service.schedule().accept(Setting.APART);
    assertThat(status(small)).isEqualTo(JobStatus.STARTING);
    assertThat(wide).allMatch(job -> status(job) == JobStatus.RUNNABLE);
  }

  @Test
  @DisplayName("Jobs of a lower priority and of other kinds are found behind others of their share")
  void ofShares() {
    for (int priority : List.of(9, 1)) {
      ShareBook book = rig.catalog.shares(Setting.SHARED);
      assertThat(rig.catalog.saveShares(Usage.with(book, "a", priority, rig.now))).isTrue();
    }
    rig.host("i-1", Set.of());
    rig.host("i-2", Set.of());
    for (int number = 0; number < 1_500; number++) {
      put(NEVER, "a", 9, List.of());
    }
    Job low = put(Rig.SMALL, "a", 1, List.of());
    Job needing = put(Rig.SMALL, "a", 1, List.of(new Need(Setting.LICENCE, 1)));
    Job array = put(Rig.SMALL, "a", 9, List.of(), null, 2);
    service.schedule().accept(Setting.SHARED);
    assertThat(status(low)).isEqualTo(JobStatus.STARTING);
    assertThat(status(needing)).isEqualTo(JobStatus.STARTING);
    assertThat(rig.catalog.consumable(Setting.LICENCE).orElseThrow().inUse()).isEqualTo(1);
    assertThat(rig.jobs.children(array.key().job(), 0, 9)).hasSize(2);
  }

  @Test
  @DisplayName("A job behind 1,100 arrays whose children all run gets a host and starts")
  void behindArrays() {
    for (int number = 0; number < 1_100; number++) {
      Job array = put(Rig.SMALL, null, 0, List.of(), null, 2);
      ArrayPage page = ArrayPage.unwritten(array.key().job(), 0, 2, ChildState.RUNNABLE);
      assertThat(rig.jobs.savePage(page.with((_, _) -> ChildState.RUNNING))).isTrue();
    }
    Job array = put(Rig.SMALL, null, 0, List.of(), null, 2);
    service.capacity().accept(Setting.APART);
    assertThat(rig.launches).hasSize(1);
    rig.host("i-9", Set.of());
    service.schedule().accept(Setting.APART);
    assertThat(rig.jobs.children(array.key().job(), 0, 9)).as("900 arrays in a look").isEmpty();
    rig.now += 15_000;
    service.schedule().accept(Setting.APART);
    assertThat(rig.jobs.children(array.key().job(), 0, 9)).hasSize(2);
  }

  @Test
  @DisplayName("With an index that lags, a job behind 1,500 that can never run succeeds")
  void inTheWorld() {
    Simulation world = new Simulation(Conditions.calm(3), Alteration.NONE, false);
    List<String> names = new ArrayList<>();
    for (int number = 0; number < 1_500; number++) {
      names.add("never" + number);
      world.submit(job(names.getLast()).in(Setting.APART).needs(99, 512));
    }
    world.advance(Duration.ofMinutes(1));
    world.submit(job("last").in(Setting.APART)).advance(Duration.ofMinutes(10));
    Optional<Job> last = world.find("last");
    assertThat(last.map(Job::status)).contains(JobStatus.SUCCEEDED);
    names.forEach(world::terminate);
    world.runUntilQuiet();
  }
}
