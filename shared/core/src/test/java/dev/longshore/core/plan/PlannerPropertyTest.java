package dev.longshore.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that hold in every world. Each case is a seed, which a failure names. */
class PlannerPropertyTest {
  private static final Planner PLANNER = new Planner(Scenario.TYPES);

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static Map<HostId, Shape> freeRoom(Snapshot world) {
    Map<HostId, Shape> free = new HashMap<>();
    world.hosts().forEach(host -> free.put(host.id(), host.free()));
    return free;
  }

  private static void take(Map<HostId, Shape> free, Placement placement, Shape shape) {
    for (int i = 0; i < placement.count(); i++) {
      free.merge(placement.host(), shape, Shape::minus);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("No host gets more than it has, in any dimension")
  void noOversubscription(long seed) {
    Snapshot world = RandomWorld.of(seed);
    Map<HostId, Shape> free = freeRoom(world);
    for (Placement placement : PLANNER.plan(world).placements()) {
      take(free, placement, world.demands().get(placement.demand()).shape());
    }
    assertThat(free.values()).allMatch(Shape.NONE::fitsInto);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Every job is either placed or says why it waits")
  void everyJobIsAccountedFor(long seed) {
    Snapshot world = RandomWorld.of(seed);
    Plan plan = PLANNER.plan(world);
    Map<Integer, Integer> counted = new HashMap<>();
    plan.placements().forEach(it -> counted.merge(it.demand(), it.count(), Integer::sum));
    plan.holds().forEach(it -> counted.merge(it.demand(), it.count(), Integer::sum));
    for (int i = 0; i < world.demands().size(); i++) {
      assertThat(counted).containsEntry(i, world.demands().get(i).count());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("The same world gives the same plan, in whatever order its parts are told")
  void determinism(long seed) {
    Snapshot world = RandomWorld.of(seed);
    String plan = PLANNER.plan(world).toString();
    Snapshot shuffled =
        new Snapshot(
            world.now(),
            shuffled(world.queues(), seed),
            shuffled(world.environments(), seed),
            shuffled(world.hosts(), seed),
            world.demands(),
            world.fleets(),
            world.suspects());
    assertThat(PLANNER.plan(world)).hasToString(plan);
    assertThat(PLANNER.plan(shuffled)).hasToString(plan);
  }

  private static <T> List<T> shuffled(List<T> list, long seed) {
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Less important jobs never change what is decided for more important ones")
  void followersChangeNothingForThoseBefore(long seed) {
    Snapshot world = RandomWorld.of(seed);
    List<Integer> order = RandomWorld.order(world);
    int kept = order.size() / 2;
    List<Demand> important = order.subList(0, kept).stream().map(world.demands()::get).toList();
    Snapshot without =
        new Snapshot(
            world.now(),
            world.queues(),
            world.environments(),
            world.hosts(),
            important,
            world.fleets(),
            world.suspects());
    Plan all = PLANNER.plan(world);
    Plan alone = PLANNER.plan(without);
    assertThat(alone.placements())
        .isEqualTo(
            all.placements().stream()
                .filter(it -> order.indexOf(it.demand()) < kept)
                .map(it -> new Placement(order.indexOf(it.demand()), it.host(), it.count()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Where a less important job starts, no more important one that waits would have fit")
  void importantJobsComeFirst(long seed) {
    Snapshot world = RandomWorld.of(seed);
    Plan plan = PLANNER.plan(world);
    List<Integer> order = RandomWorld.order(world);
    Map<HostId, Shape> free = freeRoom(world);
    for (int index : order) {
      Demand demand = world.demands().get(index);
      plan.placements().stream()
          .filter(it -> it.demand() == index)
          .forEach(it -> take(free, it, demand.shape()));
      if (plan.holds().stream().anyMatch(it -> it.demand() == index)) {
        assertThat(plan.placements())
            .filteredOn(it -> order.indexOf(it.demand()) > order.indexOf(index))
            .filteredOn(it -> mayUse(world, demand, it.host()))
            .noneMatch(it -> demand.shape().fitsInto(free.getOrDefault(it.host(), Shape.NONE)));
      }
    }
  }

  private static boolean mayUse(Snapshot world, Demand demand, HostId host) {
    return world.queues().stream()
        .filter(queue -> queue.name().equals(demand.queue()))
        .anyMatch(queue -> queue.environments().contains(host.environment()));
  }
}
