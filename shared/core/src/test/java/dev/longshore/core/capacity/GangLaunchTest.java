package dev.longshore.core.capacity;

import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Scenario;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hosts for multi-node jobs. */
class GangLaunchTest {
  private static final Shape ONE = shape(1, 1_000);

  private static List<String> launches(Scenario scenario) {
    return new CapacityPlanner()
        .plan(scenario.snapshot(), Scenario.TYPES).launches().stream()
            .map(it -> it.environment() + ": " + it.count() + " " + it.instanceType())
            .toList();
  }

  @Test
  @DisplayName("A multi-node job gets a host for each node, however small the nodes")
  void aHostEach() {
    Scenario scenario = new Scenario().managed("ce", 0, 64, "m").queue("q", 1, "ce");
    assertThat(launches(scenario.gang("q", 4, ONE))).containsExactly("ce: 4 m.small");
  }

  @Test
  @DisplayName("Empty hosts that are there count, those with jobs on them do not")
  void onlyWhatIsMissing() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small")
            .host("ce", "i-2", "m.small", ONE);
    assertThat(launches(scenario.gang("q", 3, ONE))).containsExactly("ce: 2 m.small");
  }

  @Test
  @DisplayName("When not all nodes find a host under the maximum, none is launched")
  void allOrNone() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small", ONE)
            .host("ce", "i-2", "m.small", ONE);
    assertThat(launches(scenario.gang("q", 4, ONE))).isEmpty();
  }

  @Test
  @DisplayName("Idle hosts that are too few and too large make way for as many as are needed")
  void idleHostsMakeWay() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large")
            .idleFor("ce", "i-1", 10)
            .gang("q", 4, ONE);
    assertThat(new CapacityPlanner().plan(scenario.snapshot(), Scenario.TYPES).drains()).hasSize(1);
  }
}
