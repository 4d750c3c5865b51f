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

/** What backfill means over many rounds: jobs run for a while, others keep coming. */
class BackfillTest {
  private static final Planner PLANNER = new Planner(Scenario.TYPES);
  private static final int LONGEST = 50;

  /** A job of a simulated queue; times are rounds. */
  private record Job(int number, Shape shape, int arrives, int runs) {
    JobKey key() {
      return JobKey.whole(new JobId(new UUID(0, number)));
    }

    Demand demand() {
      return new Demand("q", shape, 1, key(), new Position(number, key().job()), false);
    }
  }

  /** The round in which a job starts when these come to a queue over hosts of 8 vCPUs, or -1. */
  private static int start(int head, int hosts, List<Job> jobs, int rounds) {
    Map<Integer, Integer> starts = new HashMap<>();
    Map<Integer, HostId> where = new HashMap<>();
    for (int round = 0; round < rounds && !starts.containsKey(head); round++) {
      int now = round;
      List<Job> waiting =
          jobs.stream()
              .filter(job -> job.arrives() <= now && !starts.containsKey(job.number()))
              .toList();
      Scenario scenario = new Scenario().managed("ce", 0, 8 * hosts, "m").queue("q", 1, "ce");
      Snapshot frame = scenario.snapshot();
      Snapshot snapshot =
          new Snapshot(
              Scenario.NOW + now * 60_000L,
              frame.queues(),
              frame.environments(),
              hosts(hosts, jobs, starts, where, now),
              waiting.stream().map(Job::demand).toList(),
              Map.of(),
              Set.of());
      for (Placement placement : PLANNER.plan(snapshot).placements()) {
        int number = waiting.get(placement.demand()).number();
        starts.put(number, now);
        where.put(number, placement.host());
      }
    }
    return starts.getOrDefault(head, -1);
  }

  private static List<Host> hosts(
      int count,
      List<Job> jobs,
      Map<Integer, Integer> starts,
      Map<Integer, HostId> where,
      int now) {
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HostId id = new HostId("ce", "i-" + i);
      Set<Reservation> taken = new HashSet<>();
      for (Job job : jobs) {
        Integer start = starts.get(job.number());
        if (start != null && start + job.runs() > now && id.equals(where.get(job.number()))) {
          taken.add(new Reservation(new AttemptKey(job.key(), 1, 0), job.shape(), start, 0));
        }
      }
      hosts.add(new Host(id, State.ACTIVE, "m.large", shape(8, 28_000), "ci-" + i, 0, 0, taken, 1));
    }
    return hosts;
  }

  private static List<Job> small(Random random, int first, int count, int arriveUntil) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int vcpus = 1 + random.nextInt(3);
      Shape shape = shape(vcpus, 1_000);
      int arrives = arriveUntil == 0 ? 0 : 1 + random.nextInt(arriveUntil);
      jobs.add(new Job(first + i, shape, arrives, 1 + random.nextInt(LONGEST)));
    }
    return jobs;
  }

  static LongStream seeds() {
    return LongStream.range(0, 25);
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
