package dev.longshore.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.FairShare.Weight;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.share.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What shares get over many rounds of a saturated queue, on virtual time. */
@DisplayName("Checklist 17: what shares get converges to what their weights say")
class FairnessTest {
  private static final Planner PLANNER = new Planner(Scenario.TYPES);
  private static final int HOSTS = 4;
  private static final int VCPUS = 8;

  /** Jobs of a share: there are always more of them, from a time on. */
  private record Load(int vcpus, int shortestSeconds, int longestSeconds, int fromSecond) {}

  private record Running(
      String share, HostId host, Reservation reservation, int vcpus, long until) {}

  /** A queue over four hosts with a round every few seconds. */
  private static final class World {
    private final Random random;
    private final FairShare policy;
    private final Map<String, Load> loads = new LinkedHashMap<>();
    private final List<Running> running = new ArrayList<>();
    private final Map<String, Double> used = new HashMap<>();
    private int lostWritesPercent;
    private ShareBook book = ShareBook.none("q");
    private long second;
    private int jobs;

    World(long seed, FairShare policy) {
      this.random = new Random(seed);
      this.policy = policy;
    }

    World load(String share, Load load) {
      loads.put(share, load);
      return this;
    }

    World losing(int percent) {
      lostWritesPercent = percent;
      return this;
    }

    /** vCPU-seconds of each share while so much time passes. */
    Map<String, Double> run(int seconds) {
      used.clear();
      long end = second + seconds;
      while (second < end) {
        int step = 2 + random.nextInt(5);
        running.forEach(job ->
            used.merge(
                job.share(),
                (double) job.vcpus() * Math.max(0, Math.min(step, job.until() - second)),
                Double::sum));
        second += step;
        running.removeIf(job -> job.until() <= second);
        round();
      }
      return Map.copyOf(used);
    }

    private void round() {
      long now = Scenario.NOW + second * 1000;
      List<Demand> demands = new ArrayList<>();
      loads.forEach((share, load) -> {
        if (load.fromSecond() <= second) {
          if (book.find(share).isEmpty()) {
            book = Usage.with(book, share, 0, now);
          }
          demands.add(demand(share, load));
        }
      });
      Snapshot snapshot = snapshot(now, demands);
      Set<String> waiting = new HashSet<>();
      for (Placement placement : PLANNER.plan(snapshot).placements()) {
        Demand demand = demands.get(placement.demand());
        for (int i = 0; i < placement.count(); i++) {
          start(String.valueOf(demand.share()), placement.host());
        }
      }
      demands.forEach(demand -> waiting.add(String.valueOf(demand.share())));
      Map<String, Integer> held = new HashMap<>();
      running.forEach(job -> held.merge(job.share(), job.vcpus(), Integer::sum));
      if (random.nextInt(100) >= lostWritesPercent) {
        book = Usage.advanced(book, policy, held, waiting, Set.of(), Map.of(), now);
      }
    }

    private Demand demand(String share, Load load) {
      JobId id = new JobId(new UUID(1, jobs++));
      Position order = new Position(second, id);
      Shape shape = new Shape(load.vcpus(), 100, 0);
      return new Demand("q", shape, 100, JobKey.whole(id), order, false, List.of(), share, 0);
    }

    private Snapshot snapshot(long now, List<Demand> demands) {
      Snapshot frame = new Scenario().managed("ce", 0, 64, "m").queue("q", 1, "ce").snapshot();
      Map<String, Double> recent = new HashMap<>();
      Set<String> active = new HashSet<>();
      for (ShareBook.Share share : book.shares()) {
        recent.put(share.name(), Usage.recent(book, share, policy, now));
        if (Usage.isActive(share, policy, now)) {
          active.add(share.name());
        }
      }
      return new Snapshot(
          now,
          frame.queues(),
          frame.environments(),
          hosts(),
          demands,
          Map.of(),
          Set.of(),
          Map.of(),
          Map.of("q", new FairQueue(policy, recent, active)));
    }

    private List<Host> hosts() {
      List<Host> hosts = new ArrayList<>();
      for (int i = 0; i < HOSTS; i++) {
        HostId id = new HostId("ce", "i-" + i);
        Set<Reservation> taken = new HashSet<>();
        running.stream()
            .filter(job -> job.host().equals(id))
            .forEach(job -> taken.add(job.reservation()));
        Shape capacity = new Shape(VCPUS, 28_000, 0);
        hosts.add(new Host(id, State.ACTIVE, "m.large", capacity, "c" + i, 0, 0, taken, 1));
      }
      return hosts;
    }

    private void start(String share, HostId host) {
      Load load = Objects.requireNonNull(loads.get(share));
      int spread = load.longestSeconds() - load.shortestSeconds() + 1;
      long until = second + load.shortestSeconds() + random.nextInt(spread);
      AttemptKey attempt = new AttemptKey(JobKey.whole(new JobId(new UUID(2, jobs++))), 1, 0);
      Shape shape = new Shape(load.vcpus(), 100, 0);
      int payer = Reservation.payer("q", share);
      Reservation reservation = new Reservation(attempt, shape, 0, 0, payer);
      running.add(new Running(share, host, reservation, load.vcpus(), until));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 4);
  }

  private static double ratio(Map<String, Double> used, String one, String other) {
    return used.getOrDefault(one, 0.0) / used.getOrDefault(other, 1.0);
  }

  private static FairShare policy(int decaySeconds, Weight... weights) {
    return new FairShare(decaySeconds, 0, List.of(weights));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Shares of weight 1 and 0.5 converge to 1:2 under saturation")
  void halfTheWeightGetsTwiceAsMuch(long seed) {
    World world =
        new World(seed, policy(0, new Weight("b", 0.5)))
            .load("a", new Load(1, 20, 60, 0))
            .load("b", new Load(1, 20, 60, 0));
    world.run(300);
    assertThat(ratio(world.run(3_600), "b", "a")).isCloseTo(2, within(0.1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Many short jobs and few long large ones of equal shares get the same")
  void lengthsAndSizesDoNotMatter(long seed) {
    World world =
        new World(seed, policy(0))
            .load("short", new Load(1, 10, 60, 0))
            .load("long", new Load(2, 200, 900, 0));
    world.run(1_200);
    assertThat(ratio(world.run(7_200), "short", "long")).isCloseTo(1, within(0.15));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Use follows the inverse of random weights")
  void randomWeights(long seed) {
    Random random = new Random(seed + 99);
    List<Weight> weights = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      weights.add(new Weight("s" + i, 0.25 * (1 + random.nextInt(8))));
    }
    World world = new World(seed, policy(1_200, weights.toArray(Weight[]::new)));
    weights.forEach(it -> world.load(it.identifier(), new Load(1, 5, 120, 0)));
    world.run(1_200);
    Map<String, Double> used = world.run(3_600);
    double scale = weights.stream().mapToDouble(it -> 1 / it.factor()).sum();
    double all = used.values().stream().mapToDouble(Double::doubleValue).sum();
    for (Weight weight : weights) {
      double part = used.getOrDefault(weight.identifier(), 0.0) / all;
      assertThat(part).isCloseTo(1 / weight.factor() / scale, within(0.04));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("With four of five writes of the book lost, shares still get theirs within a tenth")
  void lostWrites(long seed) {
    World world =
        new World(seed, policy(0, new Weight("b", 0.5)))
            .load("a", new Load(1, 5, 120, 0))
            .load("b", new Load(2, 5, 120, 0))
            .losing(80);
    world.run(600);
    assertThat(ratio(world.run(7_200), "b", "a")).isCloseTo(2, within(0.2));
  }

  @Test
  @DisplayName("A share that comes late catches up first, and then has its part")
  void latecomersCatchUp() {
    World world =
        new World(1, policy(0))
            .load("early", new Load(1, 10, 30, 0))
            .load("late", new Load(1, 10, 30, 1_800));
    world.run(1_800);
    assertThat(ratio(world.run(300), "late", "early")).isGreaterThan(1.5);
    world.run(1_200);
    assertThat(ratio(world.run(3_600), "late", "early")).isCloseTo(1, within(0.1));
  }
}
