package dev.longshore.core.capacity;

import static dev.longshore.core.plan.Scenario.EARLIER;
import static dev.longshore.core.plan.Scenario.NOW;
import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final Shape ONE = shape(1, 1_000);
  private static final Shape EIGHT = shape(8, 8_000);

  private static CapacityPlan plan(Scenario scenario) {
    return new CapacityPlanner().plan(scenario.snapshot(), Scenario.TYPES);
  }

  private static List<String> launches(Scenario scenario) {
    return plan(scenario).launches().stream()
        .map(it -> it.environment() + ": " + it.count() + " " + it.instanceType())
        .toList();
  }

  private static List<String> unmet(Scenario scenario) {
    return plan(scenario).unmet().stream()
        .map(it -> it.environment() + " " + it.queue() + " x" + it.count() + " " + it.why())
        .toList();
  }

  @Test
  @DisplayName("Without demand nothing is launched")
  void nothingToDo() {
    assertThat(launches(new Scenario().managed("ce", 0, 64, "m").queue("q", 1, "ce"))).isEmpty();
  }

  @Test
  @DisplayName("One job gets the cheapest host that it fits on")
  void cheapestHostThatFits() {
    Scenario scenario = new Scenario().managed("ce", 0, 64, "m", "r", "g").queue("q", 1, "ce");
    assertThat(launches(scenario.jobs("q", 1, ONE))).containsExactly("ce: 1 m.small");
    Scenario memory = new Scenario().managed("ce", 0, 64, "m", "r", "g").queue("q", 1, "ce");
    assertThat(launches(memory.jobs("q", 1, shape(1, 50_000)))).containsExactly("ce: 1 r.large");
    Scenario gpu = new Scenario().managed("ce", 0, 64, "m", "r", "g").queue("q", 1, "ce");
    assertThat(launches(gpu.jobs("q", 1, new Shape(1, 1_000, 1)))).containsExactly("ce: 1 g.large");
  }

  @Test
  @DisplayName("Many jobs are packed on the type that is cheapest for all of them together")
  void packsManyJobs() {
    Scenario even = new Scenario().managed("ce", 0, 640, "m").queue("q", 1, "ce");
    assertThat(launches(even.jobs("q", 64, ONE))).containsExactly("ce: 2 m.huge");
    Scenario odd = new Scenario().managed("ce", 0, 640, "m").queue("q", 1, "ce");
    assertThat(launches(odd.jobs("q", 9, ONE))).containsExactly("ce: 5 m.small");
    Scenario memory = new Scenario().managed("ce", 0, 640, "m", "r").queue("q", 1, "ce");
    assertThat(launches(memory.jobs("q", 14, shape(1, 8_000)))).containsExactly("ce: 2 r.large");
  }

  @Test
  @DisplayName("Room that is bought for one shape is used by the next ones")
  void spareRoomIsUsed() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m.large")
            .queue("q", 1, "ce")
            .jobs("q", 1, shape(5, 5_000))
            .jobs("q", 3, ONE);
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
  }

  @Test
  @DisplayName("One round launches for hundreds of different shapes")
  void manyShapes() {
    Scenario scenario = new Scenario().managed("ce", 0, 100_000, "m").queue("q", 1, "ce");
    for (int i = 0; i < 1_000; i++) {
      scenario.jobs("q", 1, shape(1 + i % 8, 500 + i));
    }
    CapacityPlan plan = plan(scenario);
    assertThat(plan.unmet()).isEmpty();
    assertThat(plan.launches().stream().mapToInt(it -> it.count() * it.vcpus()).sum())
        .isBetween(4_500, 5_500);
  }

  @Test
  @DisplayName("Hosts that boot and launches under way count as there")
  void capacityOnItsWayCounts() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large")
            .in(State.BOOTING, "ce", "i-1")
            .intent("ce", "m.large", 1)
            .jobs("q", 2, EIGHT);
    assertThat(launches(scenario)).isEmpty();
    assertThat(launches(scenario.jobs("q", 1, EIGHT))).containsExactly("ce: 1 m.large");
  }

  @Test
  @DisplayName("A host that has been booting for more than ten minutes counts no more")
  void failedJoin() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large")
            .in(State.BOOTING, "ce", "i-1")
            .idleFor("ce", "i-1", 601)
            .host("ce", "i-2", "m.small")
            .in(State.BOOTING, "ce", "i-2")
            .idleFor("ce", "i-2", 600)
            .jobs("q", 1, EIGHT);
    assertThat(plan(scenario).expired()).hasToString("[ce/i-1]");
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
  }

  @Test
  @DisplayName("Within the maximum as many hosts are launched as fit, then one may pass it")
  void oneHostMayPassTheMaximum() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 20, "m.large")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", EIGHT)
            .jobs("q", 5, EIGHT);
    assertThat(launches(scenario)).containsExactly("ce: 2 m.large");
    assertThat(unmet(scenario)).containsExactly("ce q x3 MAX_VCPUS");
  }

  @Test
  @DisplayName("BEST_FIT on On-Demand never passes the maximum")
  void bestFitStaysBelow() {
    Scenario scenario =
        new Scenario()
            .bestFit("ce", 0, 20, "m.large")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", EIGHT)
            .jobs("q", 5, EIGHT);
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
  }

  @Test
  @DisplayName("A host that passes the maximum is the cheapest one, not the one with most room")
  void smallOvershoot() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 9, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", EIGHT)
            .jobs("q", 50, ONE);
    assertThat(launches(scenario)).containsExactly("ce: 1 m.small");
  }

  @Test
  @DisplayName("Hosts that drain and those that are booting count against the maximum")
  void everythingCountsAgainstTheMaximum() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 16, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", EIGHT)
            .in(State.DRAINING, "ce", "i-1")
            .host("ce", "i-2", "m.large")
            .in(State.BOOTING, "ce", "i-2")
            .jobs("q", 2, EIGHT);
    assertThat(launches(scenario)).isEmpty();
    assertThat(unmet(scenario)).containsExactly("ce q x1 MAX_VCPUS");
  }

  @Test
  @DisplayName("What the first environment of a queue cannot launch the next one does")
  void nextEnvironment() {
    Scenario scenario =
        new Scenario()
            .managed("off", 0, 64, "m")
            .disabled("off")
            .unmanaged("own")
            .managed("small", 0, 64, "m.small")
            .managed("full", 0, 8, "m.large")
            .managed("last", 0, 64, "m.large")
            .queue("q", 1, "off", "own", "small", "full", "last")
            .jobs("q", 3, EIGHT);
    assertThat(launches(scenario)).containsExactly("full: 1 m.large", "last: 2 m.large");
  }

  @Test
  @DisplayName("Demand that nobody can meet says why for each environment")
  void unmetDemand() {
    Scenario scenario =
        new Scenario()
            .managed("off", 0, 64, "m")
            .disabled("off")
            .unmanaged("own")
            .managed("small", 0, 64, "m.small")
            .managed("short", 0, 64, "m.large")
            .shortage("short", "m.large", NOW + 1)
            .managed("paused", 0, 0, "m.large")
            .queue("q", 1, "off", "own", "small", "short", "paused")
            .jobs("q", 3, EIGHT);
    assertThat(launches(scenario)).isEmpty();
    assertThat(unmet(scenario))
        .containsExactly(
            "off q x3 TAKES_NO_JOBS",
            "own q x3 UNMANAGED",
            "small q x3 NO_TYPE_FITS",
            "short q x3 SHORTAGE",
            "paused q x3 NO_TYPE_FITS");
  }

  @Test
  @DisplayName("A type that was refused is avoided until its time is over")
  void shortagesAreAvoided() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .queue("q", 1, "ce")
            .shortage("ce", "m.small", NOW + 1)
            .shortage("ce", "m.large", NOW)
            .jobs("q", 1, ONE);
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
  }

  @Test
  @DisplayName("BEST_FIT waits for its best type and lets the next environment help")
  void bestFitWaitsForItsType() {
    Scenario scenario =
        new Scenario()
            .bestFit("ce", 0, 64, "m")
            .shortage("ce", "m.small", NOW + 1)
            .queue("q", 1, "ce")
            .jobs("q", 1, ONE);
    assertThat(launches(scenario)).isEmpty();
    assertThat(unmet(scenario)).containsExactly("ce q x1 SHORTAGE");
    scenario.managed("next", 0, 64, "m").queue("p", 1, "ce", "next").jobs("p", 1, ONE);
    assertThat(launches(scenario)).containsExactly("next: 1 m.small");
  }

  @Test
  @DisplayName("Ordered strategies take the first entry of the list that fits, whatever it costs")
  void orderedStrategy() {
    Managed ordered =
        new Managed(
            Market.ON_DEMAND,
            0,
            64,
            0,
            List.of("r.large", "m", "m.small"),
            "BEST_FIT_PROGRESSIVE_ORDERED");
    Scenario scenario = new Scenario().environment("ce", ordered).queue("q", 1, "ce");
    assertThat(launches(scenario.jobs("q", 1, ONE))).containsExactly("ce: 1 r.large");
    scenario.shortage("ce", "r.large", NOW + 1);
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
  }

  @Test
  @DisplayName("More important queues are served first when the maximum is near")
  void priorityDecidesWhoGetsTheLastHost() {
    Scenario scenario =
        new Scenario()
            .bestFit("ce", 0, 8, "m.large", "g.large")
            .queue("low", 1, "ce")
            .queue("high", 2, "ce")
            .jobs("low", 1, EIGHT)
            .jobs("high", 1, new Shape(8, 8_000, 1));
    assertThat(launches(scenario)).containsExactly("ce: 1 g.large");
    assertThat(unmet(scenario)).containsExactly("ce low x1 MAX_VCPUS");
  }

  @Test
  @DisplayName("The minimum is filled up, also when the environment is disabled")
  void minimumIsKept() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 12, 64, "m")
            .host("ce", "i-1", "m.large", ONE)
            .managed("off", 4, 64, "m")
            .disabled("off");
    assertThat(launches(scenario)).containsExactly("ce: 2 m.small", "off: 2 m.small");
  }

  @Test
  @DisplayName("Hosts launched for demand count towards the minimum")
  void demandFillsTheMinimum() {
    Scenario scenario =
        new Scenario().managed("ce", 4, 64, "m").queue("q", 1, "ce").jobs("q", 1, EIGHT);
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
  }

  @Test
  @DisplayName("Environments that are invalid or being deleted are not filled up")
  void noMinimumWithoutAnEnvironment() {
    Scenario scenario =
        new Scenario()
            .managed("broken", 4, 64, "m")
            .invalid("broken")
            .managed("leaving", 4, 64, "m")
            .but("leaving", false, ResourceStatus.DELETING, EARLIER);
    assertThat(launches(scenario)).isEmpty();
  }

  @Test
  @DisplayName("desiredvCpus is a start value: a new environment is filled up to it, an old is not")
  void desiredIsAStartValue() {
    Managed managed = new Managed(Market.ON_DEMAND, 0, 64, 8, List.of("m"), "BEST_FIT_PROGRESSIVE");
    Scenario scenario = new Scenario().environment("ce", managed);
    assertThat(launches(scenario)).isEmpty();
    scenario.but("ce", true, ResourceStatus.VALID, NOW - 60_000);
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
    scenario.but("ce", false, ResourceStatus.VALID, NOW - 60_000);
    assertThat(launches(scenario)).isEmpty();
  }

  @Test
  @DisplayName("An update that raises desiredvCpus fills up an old environment, for ten minutes")
  void desiredCountsFromItsUpdate() {
    Managed managed = new Managed(Market.ON_DEMAND, 0, 64, 8, List.of("m"), "BEST_FIT_PROGRESSIVE");
    Scenario scenario =
        new Scenario()
            .environment("ce", managed.desiredSince(NOW - Duration.ofMinutes(9).toMillis()));
    assertThat(launches(scenario)).containsExactly("ce: 1 m.large");
    scenario.environment("ce", managed.desiredSince(NOW - Duration.ofMinutes(10).toMillis()));
    assertThat(launches(scenario)).isEmpty();
  }
}
