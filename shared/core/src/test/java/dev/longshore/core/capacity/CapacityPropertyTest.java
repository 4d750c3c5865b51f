package dev.longshore.core.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.capacity.CapacityPlan.Launch;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.Hold;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.plan.RandomWorld;
import dev.longshore.core.plan.Scenario;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.plan.Supply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules of scaling that hold in every world. Each case is a seed, which a failure names. */
@DisplayName("Checklist 18: scaling stays within its limits")
class CapacityPropertyTest {
  private static final CapacityPlanner PLANNER = new CapacityPlanner();

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static CapacityPlan plan(Snapshot world) {
    return PLANNER.plan(world, Scenario.TYPES);
  }

  private static int vcpus(Snapshot world, String environment) {
    return Supply.of(world, Scenario.TYPES).values().stream()
        .filter(supply -> supply.name().equals(environment))
        .mapToInt(Supply::vcpus)
        .sum();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Launches pass the maximum by less than one host, strict ones not at all")
  void theMaximumHolds(long seed) {
    Snapshot world = RandomWorld.of(seed);
    List<Launch> launches = plan(world).launches();
    for (ComputeEnvironment environment : world.environments()) {
      List<Launch> here =
          launches.stream().filter(it -> it.environment().equals(environment.name())).toList();
      Managed managed = environment.managed();
      if (managed == null) {
        assertThat(here).isEmpty();
      } else if (!here.isEmpty()) {
        int after =
            vcpus(world, environment.name())
                + here.stream().mapToInt(it -> it.count() * it.vcpus()).sum();
        int largest = here.stream().mapToInt(Launch::vcpus).max().orElse(0);
        int allowed =
            managed.allocationStrategy().equals("BEST_FIT")
                ? managed.maxVcpus()
                : managed.maxVcpus() + largest - 1;
        assertThat(after).isLessThanOrEqualTo(allowed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("The same world gives the same capacity plan")
  void determinism(long seed) {
    Snapshot world = RandomWorld.of(seed);
    assertThat(plan(world)).hasToString(plan(world).toString());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("Only empty ACTIVE hosts drain, and never below the minimum but to make way")
  void drainsHurtNobody(long seed) {
    Snapshot world = RandomWorld.of(seed);
    CapacityPlan plan = plan(world);
    for (Host host : world.hosts()) {
      if (plan.drains().contains(host.id())) {
        assertThat(host.state()).isEqualTo(State.ACTIVE);
        assertThat(host.reservations()).isEmpty();
      }
    }
    for (ComputeEnvironment environment : world.environments()) {
      Managed managed = environment.managed();
      boolean blocked =
          plan.unmet().stream().anyMatch(it -> it.environment().equals(environment.name()));
      if (managed != null && !blocked) {
        int before = active(world, environment.name(), Set.of());
        int after = active(world, environment.name(), Set.copyOf(plan.drains()));
        assertThat(after).isGreaterThanOrEqualTo(Math.min(before, managed.minVcpus()));
      }
    }
  }

  private static int active(Snapshot world, String environment, Set<HostId> without) {
    return world.hosts().stream()
        .filter(host -> host.id().environment().equals(environment))
        .filter(host -> host.state() == State.ACTIVE && !without.contains(host.id()))
        .mapToInt(host -> host.capacity().vcpus())
        .sum();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("When all that was launched is there, what still waits was reported as unmet")
  void launchesAreEnough(long seed) {
    Snapshot world = RandomWorld.of(seed);
    CapacityPlan plan = plan(world);
    Snapshot later = later(world, plan);
    for (Hold hold : new Planner(Scenario.TYPES).plan(later).holds()) {
      Demand demand = world.demands().get(hold.demand());
      assertThat(plan.unmet())
          .as("%s", demand)
          .anyMatch(it -> it.queue().equals(demand.queue()) && it.shape().equals(demand.shape()));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("A round after the launches arrived launches nothing more for the same demand")
  void launchesSettle(long seed) {
    Snapshot world = RandomWorld.of(seed);
    Snapshot later = later(world, plan(world));
    assertThat(plan(later).launches()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName(
      "When nothing waits and nothing runs, no host is left that the minimum can do without")
  void idleEnvironmentsEndAtTheirMinimum(long seed) {
    Snapshot busy = RandomWorld.of(seed);
    Snapshot world = idle(later(busy, plan(busy)), Set.of());
    for (int round = 0; round < 5; round++) {
      CapacityPlan plan = plan(world);
      world = idle(later(world, plan), Set.copyOf(plan.drains()));
    }
    assertThat(plan(world).launches()).isEmpty();
    for (ComputeEnvironment environment : world.environments()) {
      Managed managed = environment.managed();
      if (managed != null && environment.status() == ResourceStatus.VALID) {
        int there = active(world, environment.name(), Set.of());
        int smallest =
            world.hosts().stream()
                .filter(host -> host.id().environment().equals(environment.name()))
                .mapToInt(host -> host.capacity().vcpus())
                .min()
                .orElse(0);
        assertThat(there == 0 || there - smallest < managed.minVcpus())
            .as("%s has %s vCPUs", environment, there)
            .isTrue();
      }
    }
  }

  /** The same environments with empty hosts, long after the last job, and without some of them. */
  private static Snapshot idle(Snapshot world, Set<HostId> without) {
    List<Host> hosts =
        world.hosts().stream()
            .filter(host -> host.state() == State.ACTIVE && !without.contains(host.id()))
            .map(host -> active(host.id(), host.instanceType()))
            .toList();
    return new Snapshot(
        Scenario.NOW + 3_600_000,
        world.queues(),
        world.environments(),
        hosts,
        List.of(),
        world.fleets(),
        Set.of());
  }

  /** The world in which everything that boots or is launched has become ACTIVE. */
  private static Snapshot later(Snapshot world, CapacityPlan plan) {
    List<Launch> all = new ArrayList<>();
    world
        .fleets()
        .values()
        .forEach(fleet ->
            fleet
                .intents()
                .forEach(it ->
                    all.add(
                        new Launch(
                            fleet.environment(), it.instanceType(), it.count(), it.vcpus()))));
    all.addAll(plan.launches());
    List<Host> hosts = new ArrayList<>();
    for (Host host : world.hosts()) {
      hosts.add(host.state() == State.BOOTING ? active(host.id(), host.instanceType()) : host);
    }
    int next = 0;
    for (Launch launch : all) {
      for (int i = 0; i < launch.count(); i++) {
        next++;
        HostId id = new HostId(launch.environment(), "j-%06d".formatted(next));
        hosts.add(active(id, launch.instanceType()));
      }
    }
    Map<String, Fleet> fleets = new HashMap<>();
    world
        .fleets()
        .forEach((name, it) ->
            fleets.put(name, new Fleet(name, List.of(), it.shortages(), it.version() + 1)));
    return world.with(hosts, fleets);
  }

  private static Host active(HostId id, String type) {
    Shape capacity = Scenario.TYPES.find(type).orElseThrow().usable();
    return new Host(id, State.ACTIVE, type, capacity, "ci", Scenario.NOW, 0, Set.of(), 1);
  }
}
