package dev.longshore.core.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.FairQueue;
import dev.longshore.core.plan.Placement;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.plan.Scenario;
import dev.longshore.core.plan.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A multi-node job that needs all of an environment, and smaller jobs behind it that never end to
 * come: rounds of both planners on virtual time.
 */
class WholeEnvironmentTest {
  private static final Shape ONE = new Shape(1, 500, 0);
  private static final int LONGEST_MINUTES = 20;

  /** Jobs that keep coming: always so many wait. */
  private record Load(String queue, @Nullable String share, Shape shape, int waiting) {}

  private record Running(HostId host, Reservation reservation, long until) {}

  /** An environment in which a round of each kind is run every quarter of a minute. */
  private static final class World {
    private final Random random;
    private final Snapshot frame;
    private final Map<String, FairQueue> fair;
    private final Demand gang;
    private final List<Load> loads;
    private final Map<HostId, Host> hosts = new TreeMap<>();
    private final List<Running> running = new ArrayList<>();
    private long now = Scenario.NOW;
    private int numbers;

    World(long seed, Scenario scenario, List<Load> loads) {
      this.random = new Random(seed);
      this.frame = scenario.snapshot();
      this.fair = frame.fair();
      this.gang = frame.demands().getFirst();
      this.loads = loads;
    }

    /** Minutes until all nodes have hosts, from the submission on, or -1 when they never do. */
    int run(int warmUpMinutes, int minutes) {
      for (int round = 0; round < warmUpMinutes * 4; round++) {
        round(false);
      }
      long submitted = now;
      for (int round = 0; round < minutes * 4; round++) {
        if (round(true)) {
          return (int) ((now - submitted) / 60_000);
        }
      }
      return -1;
    }

    private boolean round(boolean withGang) {
      now += 15_000;
      running.removeIf(job -> job.until() <= now);
      hosts.replaceAll((_, host) -> registered(host));
      capacity(snapshot(withGang));
      Snapshot snapshot = snapshot(withGang);
      Plan plan = new Planner(Scenario.TYPES).plan(snapshot);
      for (Placement placement : plan.placements()) {
        Demand demand = snapshot.demands().get(placement.demand());
        for (int i = 0; i < placement.count(); i++) {
          start(demand, placement.host());
        }
      }
      return !plan.gangs().isEmpty();
    }

    private Host registered(Host host) {
      // Hosts of one launch take different times: what comes first is filled first.
      long boots = 90_000L + Math.floorMod(host.id().hashCode(), 5) * 30_000L;
      boolean late = host.state() == State.BOOTING && now - host.launchedAt() >= boots;
      return late ? host.in(State.ACTIVE) : host;
    }

    private void capacity(Snapshot snapshot) {
      CapacityPlan plan = new CapacityPlanner().plan(snapshot, Scenario.TYPES);
      for (CapacityPlan.Launch launch : plan.launches()) {
        for (int i = 0; i < launch.count(); i++) {
          HostId id = new HostId(launch.environment(), "i-%05d".formatted(numbers++));
          Shape capacity = Scenario.TYPES.find(launch.instanceType()).orElseThrow().usable();
          hosts.put(
              id,
              new Host(
                  id,
                  State.BOOTING,
                  launch.instanceType(),
                  capacity,
                  "ci-" + id.instance(),
                  now,
                  0,
                  Set.of(),
                  1));
        }
      }
      plan.drains().forEach(hosts::remove);
    }

    private Snapshot snapshot(boolean withGang) {
      List<Demand> demands = new ArrayList<>();
      if (withGang) {
        demands.add(gang);
      }
      loads.forEach(load -> demands.add(demand(load)));
      return new Snapshot(
          now,
          frame.queues(),
          frame.environments(),
          List.copyOf(hosts.values().stream().map(this::withReservations).toList()),
          demands,
          Map.<String, Fleet>of(),
          Set.of(),
          Map.of(),
          fair);
    }

    private Host withReservations(Host host) {
      Map<Reservation, Long> taken = new HashMap<>();
      running.stream()
          .filter(job -> job.host().equals(host.id()))
          .forEach(job -> taken.put(job.reservation(), job.until()));
      return new Host(
          host.id(),
          host.state(),
          host.instanceType(),
          host.capacity(),
          host.containerInstance(),
          host.launchedAt(),
          host.lastReleasedAt(),
          taken.keySet(),
          host.version());
    }

    private Demand demand(Load load) {
      JobId id = new JobId(new UUID(3, numbers++));
      return new Demand(
          load.queue(),
          load.shape(),
          load.waiting(),
          JobKey.whole(id),
          new Position(now, id),
          false,
          List.of(),
          load.share(),
          0);
    }

    private void start(Demand demand, HostId host) {
      AttemptKey attempt = new AttemptKey(JobKey.whole(new JobId(new UUID(4, numbers++))), 1, 0);
      Reservation reservation =
          new Reservation(
              attempt,
              demand.shape(),
              (int) (now / 60_000),
              0,
              Reservation.payer(demand.queue(), demand.share()));
      long runs = 60_000L + random.nextInt(LONGEST_MINUTES * 60_000);
      running.add(new Running(host, reservation, now + runs));
      hosts.computeIfPresent(
          host,
          (_, it) ->
              new Host(
                  it.id(),
                  it.state(),
                  it.instanceType(),
                  it.capacity(),
                  it.containerInstance(),
                  it.launchedAt(),
                  now + runs,
                  it.reservations(),
                  it.version()));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 5);
  }

  private static Scenario environment(int maxVcpus, String... types) {
    return new Scenario().managed("ce", 0, maxVcpus, types).queue("q", 1, "ce");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("A multi-node job that needs all hosts starts when what ran before it is over")
  void fifo(long seed) {
    Scenario scenario = environment(24, "m.small").gang("q", 12, ONE);
    List<Load> loads = List.of(new Load("q", null, ONE, 30));
    assertThat(new World(seed, scenario, loads).run(40, 400)).isBetween(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Small hosts that have all vCPUs make way for the large ones of a multi-node job")
  void mixed(long seed) {
    Scenario scenario = environment(24, "m.small", "m.large").gang("q", 3, new Shape(8, 500, 0));
    List<Load> loads = List.of(new Load("q", null, ONE, 3));
    assertThat(new World(seed, scenario, loads).run(40, 400)).isBetween(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName(
      "A small host makes way for the large one of a single job, though small jobs keep coming")
  void single(long seed) {
    Scenario scenario = environment(24, "m.small", "m.large").gang("q", 1, new Shape(8, 500, 0));
    List<Load> loads = List.of(new Load("q", null, ONE, 3));
    assertThat(new World(seed, scenario, loads).run(40, 400)).isBetween(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Jobs of other shares do not keep a multi-node job from getting all hosts")
  void shares(long seed) {
    Scenario scenario =
        environment(24, "m.small").gang("q", 12, ONE).fair("q", new FairShare(0, 0, List.of()));
    List<Load> loads = List.of(new Load("q", "a", ONE, 30), new Load("q", "b", ONE, 30));
    assertThat(new World(seed, scenario, loads).run(40, 400)).isBetween(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("A compute reservation does not let small jobs keep a multi-node job waiting")
  void reserved(long seed) {
    Scenario scenario =
        environment(24, "m.small").gang("q", 12, ONE).fair("q", new FairShare(0, 20, List.of()));
    List<Load> loads = List.of(new Load("q", "a", ONE, 30), new Load("q", "b", ONE, 30));
    assertThat(new World(seed, scenario, loads).run(40, 400)).isBetween(0, 30);
  }
}
