package dev.longshore.core.plan;

import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What backfill means over many rounds: jobs run for a while, others keep coming ({@code
 * batch-semantics} 24, line 16).
 */
@DisplayName("Checklist 16: backfill never delays the head of a queue")
class BackfillTest {
  private static final Planner PLANNER = new Planner(Scenario.TYPES);
  private static final int LONGEST = 50;

  /** A job of a simulated queue; times are rounds. */
  private record Job(int number, Shape shape, int arrives, int runs) {
    JobKey key() {
      return JobKey.whole(new JobId(new UUID(0, number)));
    }

    Demand demand() {
      Position order = new Position(number * 1_000L, key().job());
      return new Demand("q", shape, 1, key(), order, false);
    }
  }

  /** When each job started, and where, until the one that is asked for did. */
  private record Run(Map<Integer, Integer> starts, Map<Integer, HostId> where) {
    int start(int number) {
      return starts.getOrDefault(number, -1);
    }
  }

  /** The round in which a job starts when these come to a queue over hosts of 8 vCPUs, or -1. */
  private static int start(int head, int hosts, List<Job> jobs, int rounds) {
    return run(head, Collections.nCopies(hosts, 8), jobs, rounds).start(head);
  }

  private static Run run(int head, List<Integer> vcpus, List<Job> jobs, int rounds) {
    Run run = new Run(new HashMap<>(), new HashMap<>());
    for (int round = 0; round < rounds && run.start(head) < 0; round++) {
      int now = round;
      List<Job> waiting =
          jobs.stream().filter(job -> job.arrives() <= now && run.start(job.number()) < 0).toList();
      Scenario scenario = new Scenario().managed("ce", 0, 8, "m").queue("q", 1, "ce");
      Snapshot frame = scenario.snapshot();
      Snapshot snapshot =
          new Snapshot(
              now * 60_000L,
              frame.queues(),
              frame.environments(),
              hosts(vcpus, jobs, run, now),
              waiting.stream().map(Job::demand).toList(),
              Map.of(),
              Set.of());
      for (Placement placement : PLANNER.plan(snapshot).placements()) {
        int number = waiting.get(placement.demand()).number();
        run.starts().put(number, now);
        run.where().put(number, placement.host());
      }
    }
    return run;
  }

  private static List<Host> hosts(List<Integer> vcpus, List<Job> jobs, Run run, int now) {
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < vcpus.size(); i++) {
      HostId id = new HostId("ce", "i-" + i);
      Set<Reservation> taken = new HashSet<>();
      for (Job job : jobs) {
        int start = run.start(job.number());
        if (start >= 0 && start + job.runs() > now && id.equals(run.where().get(job.number()))) {
          taken.add(new Reservation(new AttemptKey(job.key(), 1, 0), job.shape(), start, 0));
        }
      }
      Shape capacity = shape(vcpus.get(i), 64_000);
      hosts.add(new Host(id, State.ACTIVE, "m.large", capacity, "ci-" + i, 0, 0, taken, 1));
    }
    return hosts;
  }

  private static List<Job> small(Random random, int first, int count, int arriveUntil) {
    return small(random, first, count, arriveUntil, LONGEST);
  }

  private static List<Job> small(
      Random random, int first, int count, int arriveUntil, int longest) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int vcpus = 1 + random.nextInt(3);
      Shape shape = shape(vcpus, 1_000);
      int arrives = arriveUntil == 0 ? 0 : 1 + random.nextInt(arriveUntil);
      jobs.add(new Job(first + i, shape, arrives, 1 + random.nextInt(longest)));
    }
    return jobs;
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Jobs behind a head never delay it where only one host can take it")
  void theHeadStartsAsIfAlone(long seed) {
    Random random = new Random(seed);
    List<Job> alone = new ArrayList<>(small(random, 0, 6, 0));
    alone.add(new Job(100, shape(8, 8_000), 1, 5));
    List<Job> crowded = new ArrayList<>(alone);
    crowded.addAll(small(random, 200, 100, 60));
    int expected = start(100, 1, alone, 400);
    assertThat(expected).isPositive();
    assertThat(start(100, 1, crowded, 400)).isEqualTo(expected);
  }

  /** The second host comes nearer to the head's eight vCPUs than the first, and never there. */
  @Test
  @DisplayName("A host is not given up for a nearer one with a job that started behind the head")
  void aNearerHostWithLaterJobs() {
    List<Job> jobs = new ArrayList<>();
    jobs.add(new Job(0, shape(2, 1_000), 0, 20));
    jobs.add(new Job(1, shape(2, 1_000), 0, 30));
    jobs.add(new Job(2, shape(5, 1_000), 0, 10));
    jobs.add(new Job(120, shape(8, 8_000), 2, 5));
    for (int i = 0; i < 20; i++) {
      jobs.add(new Job(200 + i, shape(3, 1_000), 3 + 10 * i, 1_000));
    }
    assertThat(start(120, 2, jobs, 100)).isEqualTo(30);
  }

  /** The bound of {@code docs/decisions/0017}. */
  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("With several hosts of other sizes, a head waits for jobs that ran before it only")
  void nothingThatStartsLaterDelaysTheHead(long seed) {
    Random random = new Random(seed);
    List<Integer> vcpus = random.ints(2 + random.nextInt(5), 8, 17).boxed().toList();
    int head = 120;
    List<Job> jobs = new ArrayList<>();
    int free = vcpus.stream().mapToInt(Integer::intValue).sum() - 2 * vcpus.size();
    for (Job job : small(random, 0, 60, 0)) {
      free -= job.shape().vcpus();
      if (free >= 0) {
        jobs.add(job);
      }
    }
    int longest = jobs.stream().mapToInt(Job::runs).max().orElseThrow();
    jobs.add(new Job(head, shape(8, 8_000), 2, 5));
    small(random, 200, 20 + random.nextInt(300), 100, 20 * LONGEST).stream()
        .filter(job -> job.arrives() >= 2)
        .forEach(jobs::add);
    assertThat(run(head, vcpus, jobs, 2 * LONGEST).start(head)).isBetween(2, longest);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("A large job starts although small ones keep coming and would fill every gap")
  void noStarvation(long seed) {
    Random random = new Random(seed);
    List<Job> jobs = new ArrayList<>(small(random, 0, 20, 0));
    jobs.add(new Job(100, shape(8, 8_000), 1, 5));
    jobs.addAll(small(random, 200, 800, 300));
    assertThat(start(100, 3, jobs, 300)).isBetween(1, 3 * LONGEST);
  }

  @Test
  @DisplayName("Behind all of those small jobs a large one does not start: they do fill the hosts")
  void theHostsAreFull() {
    Random random = new Random(1);
    List<Job> jobs = new ArrayList<>(small(random, 0, 20, 0));
    jobs.addAll(small(random, 200, 800, 300));
    List<Job> order = new ArrayList<>(jobs);
    order.add(new Job(2_000, shape(8, 8_000), 1, 5));
    assertThat(start(2_000, 3, order, 300)).isNegative();
  }
}
