package dev.longshore.core.plan;

import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Shape ONE = shape(1, 1_000);
  private static final Shape TWO = shape(2, 2_000);
  private static final Shape EIGHT = shape(8, 8_000);

  @Test
  @DisplayName("A queue with a higher priority is served first, equal ones by name")
  void queuesByPriority() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("b", 1, "ce")
            .queue("a", 1, "ce")
            .queue("urgent", 9, "ce")
            .host("ce", "i-1", "m.small")
            .jobs("b", 2, ONE)
            .jobs("a", 1, ONE)
            .jobs("urgent", 1, ONE);
    assertThat(scenario.placements()).containsExactly("2 -> ce/i-1 x1", "1 -> ce/i-1 x1");
  }

  @Test
  @DisplayName("Checklist 12: Inside a queue retried jobs come first, then the order of submission")
  void retriesFirst() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small")
            .jobs("q", 1, ONE)
            .jobs("q", 1, ONE)
            .retry("q", ONE);
    assertThat(scenario.placements()).containsExactly("2 -> ce/i-1 x1", "0 -> ce/i-1 x1");
  }

  @Test
  @DisplayName("The first environment of a queue is filled before the next one is used")
  void environmentsInOrder() {
    Scenario scenario =
        new Scenario()
            .managed("second", 0, 8, "m")
            .managed("first", 0, 8, "m")
            .queue("q", 1, "first", "second")
            .host("second", "i-1", "m.small", ONE)
            .host("first", "i-2", "m.small")
            .jobs("q", 3, ONE);
    assertThat(scenario.placements()).containsExactly("0 -> first/i-2 x2", "0 -> second/i-1 x1");
  }

  @Test
  @DisplayName("Environments that are disabled or invalid get nothing")
  void closedEnvironmentsGetNothing() {
    Scenario scenario =
        new Scenario()
            .managed("off", 0, 8, "m")
            .disabled("off")
            .managed("broken", 0, 8, "m")
            .invalid("broken")
            .managed("on", 0, 8, "m")
            .queue("q", 1, "off", "broken", "on")
            .host("off", "i-1", "m.small")
            .host("broken", "i-2", "m.small")
            .host("on", "i-3", "m.small")
            .jobs("q", 5, ONE);
    assertThat(scenario.placements()).containsExactly("0 -> on/i-3 x2");
  }

  @Test
  @DisplayName("Only ACTIVE hosts that are not suspect get jobs")
  void onlyActiveHosts() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 80, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large")
            .in(State.BOOTING, "ce", "i-1")
            .host("ce", "i-2", "m.large")
            .in(State.DRAINING, "ce", "i-2")
            .host("ce", "i-3", "m.large")
            .in(State.GONE, "ce", "i-3")
            .host("ce", "i-4", "m.large")
            .suspect("ce", "i-4")
            .host("ce", "i-5", "m.small")
            .jobs("q", 9, ONE);
    assertThat(scenario.placements()).containsExactly("0 -> ce/i-5 x2");
  }

  @Test
  @DisplayName("A host that already runs something is preferred, so that idle ones can go")
  void busyHostsFirst() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 80, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small")
            .host("ce", "i-2", "m.large", ONE)
            .jobs("q", 1, TWO);
    assertThat(scenario.placements()).containsExactly("0 -> ce/i-2 x1");
  }

  @Test
  @DisplayName("Among those the tightest fit wins, and the lower ID where they are equal")
  void bestFit() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 80, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", TWO)
            .host("ce", "i-3", "m.large", TWO, TWO)
            .host("ce", "i-2", "m.large", TWO, TWO)
            .jobs("q", 3, TWO);
    assertThat(scenario.placements()).containsExactly("0 -> ce/i-2 x2", "0 -> ce/i-3 x1");
  }

  @Test
  @DisplayName("GPUs are spared for those who ask for them")
  void gpusAreSpared() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 80, "m", "g")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "g.large", ONE)
            .host("ce", "i-2", "m.large")
            .jobs("q", 1, ONE)
            .jobs("q", 1, new Shape(1, 1_000, 1));
    assertThat(scenario.placements()).containsExactly("0 -> ce/i-2 x1", "1 -> ce/i-1 x1");
  }

  @Test
  @DisplayName("Memory and GPUs bound what fits as vCPUs do")
  void everyDimensionCounts() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 80, "m", "g")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large")
            .host("ce", "i-2", "g.large")
            .jobs("q", 3, shape(1, 9_000))
            .jobs("q", 3, new Shape(1, 500, 1));
    assertThat(scenario.placements()).containsExactly("0 -> ce/i-1 x3", "1 -> ce/i-2 x1");
  }

  @Test
  @DisplayName("Jobs behind a blocked one start elsewhere, never on the host that is kept for it")
  void backfillSparesTheKeptHost() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 16, "m")
            .queue("q", 1, "ce")
            .queue("low", 0, "ce")
            .host("ce", "i-1", "m.large", TWO)
            .host("ce", "i-2", "m.large", TWO, TWO)
            .jobs("q", 1, EIGHT)
            .jobs("q", 6, ONE)
            .jobs("low", 6, ONE);
    assertThat(scenario.placements()).containsExactly("1 -> ce/i-2 x4");
  }

  @Test
  @DisplayName("A queue with a higher priority may still use a host that a lower one waits for")
  void higherPriorityIsNotHeldBack() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("low", 0, "ce")
            .queue("high", 1, "ce")
            .host("ce", "i-1", "m.large", TWO)
            .jobs("low", 1, EIGHT)
            .jobs("high", 6, ONE);
    assertThat(scenario.placements()).containsExactly("1 -> ce/i-1 x6");
  }

  @Test
  @DisplayName("A head that needs a host which is not there yet keeps no existing one")
  void aHeadThatNeedsANewHostKeepsNothing() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large")
            .host("ce", "i-2", "m.huge")
            .in(State.BOOTING, "ce", "i-2")
            .jobs("q", 1, shape(32, 1_000))
            .jobs("q", 8, ONE);
    assertThat(scenario.placements()).containsExactly("1 -> ce/i-1 x8");
  }

  @Test
  @DisplayName("A queue keeps one host: for the first of its jobs that could run on one")
  void onlyOneHostIsKept() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 24, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", TWO)
            .host("ce", "i-2", "m.large", TWO)
            .host("ce", "i-3", "m.large", TWO, TWO)
            .jobs("q", 1, shape(99, 1_000))
            .jobs("q", 1, EIGHT)
            .jobs("q", 1, shape(7, 7_000))
            .jobs("q", 20, ONE);
    assertThat(scenario.placements()).containsExactly("3 -> ce/i-3 x4", "3 -> ce/i-2 x6");
  }
}
