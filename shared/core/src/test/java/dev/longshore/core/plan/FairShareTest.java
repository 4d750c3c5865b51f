package dev.longshore.core.plan;

import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.capacity.CapacityPlanner;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.FairShare.Weight;
import dev.longshore.core.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one round does in a fair-share queue ({@code batch-semantics} 14). */
class FairShareTest {
  private static final Shape ONE = shape(1, 1_000);

  private static Scenario queue(FairShare policy) {
    return new Scenario().managed("ce", 0, 64, "m").queue("q", 1, "ce").fair("q", policy);
  }

  private static FairShare weights(Weight... weights) {
    return new FairShare(0, 0, List.of(weights));
  }

  private static FairShare reservation(int percent) {
    return new FairShare(0, percent, List.of());
  }

  /** How many jobs of each share start now. */
  private static Map<String, Integer> started(Scenario scenario) {
    Snapshot world = scenario.snapshot();
    Map<String, Integer> started = new HashMap<>();
    for (Placement placement : new Planner(Scenario.TYPES).plan(world).placements()) {
      String share = world.demands().get(placement.demand()).share();
      started.merge(String.valueOf(share), placement.count(), Integer::sum);
    }
    return started;
  }

  @Test
  @DisplayName("The room of one round is divided by weight: half the weight gets twice as much")
  void byWeight() {
    Scenario scenario =
        queue(weights(new Weight("b", 0.5)))
            .host("ce", "i-1", "m.huge")
            .share("q", "a", 0, 100, ONE)
            .share("q", "b", 0, 100, ONE);
    assertThat(started(scenario)).isEqualTo(Map.of("a", 11, "b", 21));
  }

  @Test
  @DisplayName("Shares without an entry are equal, whatever was submitted first")
  void equally() {
    Scenario scenario =
        queue(FairShare.DEFAULT)
            .host("ce", "i-1", "m.large")
            .share("q", "a", 0, 1_000, ONE)
            .share("q", "b", 0, 4, ONE);
    assertThat(started(scenario)).isEqualTo(Map.of("a", 4, "b", 4));
  }

  @Test
  @DisplayName("vCPUs count, not jobs")
  void byVcpus() {
    Scenario scenario =
        queue(FairShare.DEFAULT)
            .host("ce", "i-1", "m.large")
            .share("q", "a", 0, 10, shape(4, 1_000))
            .share("q", "b", 0, 10, ONE);
    assertThat(started(scenario)).isEqualTo(Map.of("a", 1, "b", 4));
  }

  @Test
  @DisplayName("What a share holds now and what it had on average both count against it")
  void byUse() {
    Scenario holding =
        queue(FairShare.DEFAULT)
            .host("ce", "i-0", "m.large")
            .holding("ce", "i-0", "q", "a", ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE)
            .host("ce", "i-1", "m.large")
            .share("q", "a", 0, 10, ONE)
            .share("q", "b", 0, 10, ONE);
    assertThat(started(holding)).isEqualTo(Map.of("b", 8));
    Scenario had =
        queue(FairShare.DEFAULT)
            .had("q", "a", 4)
            .host("ce", "i-1", "m.large")
            .share("q", "a", 0, 10, ONE)
            .share("q", "b", 0, 10, ONE);
    assertThat(started(had)).isEqualTo(Map.of("a", 2, "b", 6));
  }

  @Test
  @DisplayName("What runs for another queue counts for nothing here")
  void perQueue() {
    Scenario scenario =
        queue(FairShare.DEFAULT)
            .host("ce", "i-0", "m.large")
            .holding("ce", "i-0", "other", "a", shape(8, 1_000))
            .host("ce", "i-1", "m.large")
            .share("q", "a", 0, 10, ONE)
            .share("q", "b", 0, 10, ONE);
    assertThat(started(scenario)).isEqualTo(Map.of("a", 4, "b", 4));
  }

  @Test
  @DisplayName("An entry for a prefix is for all its active shares together")
  void prefixes() {
    Scenario scenario =
        queue(weights(new Weight("team*", 1)))
            .host("ce", "i-1", "m.large")
            .share("q", "teamA", 0, 100, ONE)
            .share("q", "teamB", 0, 100, ONE)
            .share("q", "solo", 0, 100, ONE);
    assertThat(started(scenario)).isEqualTo(Map.of("teamA", 2, "teamB", 2, "solo", 4));
  }

  @Test
  @DisplayName("Priority decides inside a share and means nothing between shares")
  void priorities() {
    Scenario scenario =
        queue(FairShare.DEFAULT)
            .host("ce", "i-1", "m.small")
            .share("q", "a", 1, 1, ONE)
            .share("q", "a", 9_999, 1, ONE)
            .share("q", "a", 5, 1, ONE)
            .share("q", "b", 0, 1, ONE);
    assertThat(scenario.placements()).containsExactly("1 -> ce/i-1 x1", "3 -> ce/i-1 x1");
  }

  @ParameterizedTest
  @CsvSource({"50, 1, 16", "50, 2, 24", "50, 3, 28", "25, 1, 24", "25, 2, 30", "0, 1, 32"})
  @DisplayName("A reservation keeps its percentage to the power of the active shares")
  void reservations(int percent, int shares, int expected) {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 32, "m")
            .queue("q", 1, "ce")
            .fair("q", reservation(percent))
            .host("ce", "i-1", "m.huge");
    for (int i = 0; i < shares; i++) {
      scenario.share("q", "s" + i, 0, 100, ONE);
    }
    int total = started(scenario).values().stream().mapToInt(Integer::intValue).sum();
    assertThat(total).isEqualTo(expected);
    boolean kept = expected < 32;
    assertThat(scenario.holds()).allMatch(it -> it.contains("COMPUTE_RESERVATION") == kept);
  }

  @Test
  @DisplayName("A reservation never keeps a queue that runs nothing from its first job")
  void reservationsDoNotBlock() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 4, "m")
            .queue("q", 1, "ce")
            .fair("q", reservation(99))
            .host("ce", "i-1", "m.large")
            .share("q", "a", 0, 10, shape(4, 1_000));
    assertThat(started(scenario)).isEqualTo(Map.of("a", 1));
  }

  @Test
  @DisplayName("A job that can never run takes from others nothing of what a reservation leaves")
  void neverReserves() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 32, "m.small")
            .queue("q", 1, "ce")
            .fair("q", reservation(50))
            .host("ce", "i-1", "m.small")
            .share("q", "a", 9, 1, shape(64, 1_000))
            .share("q", "a", 0, 1, ONE);
    assertThat(scenario.placements()).containsExactly("1 -> ce/i-1 x1");
  }

  @Test
  @DisplayName("No hosts are bought for jobs that a reservation holds back")
  void reservationsBuyNothing() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 32, "m.small")
            .queue("q", 1, "ce")
            .fair("q", reservation(50))
            .share("q", "a", 0, 100, ONE);
    assertThat(new CapacityPlanner().plan(scenario.snapshot(), Scenario.TYPES).launches())
        .singleElement()
        .satisfies(launch -> assertThat(launch.count() * launch.vcpus()).isEqualTo(16));
    scenario.share("q", "b", 0, 100, ONE);
    assertThat(new CapacityPlanner().plan(scenario.snapshot(), Scenario.TYPES).launches())
        .singleElement()
        .satisfies(launch -> assertThat(launch.count() * launch.vcpus()).isEqualTo(24));
  }

  @Test
  @DisplayName("The share whose turn it is keeps a host for its large job; others fill the rest")
  void backfill() {
    Scenario scenario =
        queue(FairShare.DEFAULT)
            .had("q", "b", 3)
            .host("ce", "i-1", "m.large", shape(6, 1_000))
            .host("ce", "i-2", "m.large", shape(7, 1_000))
            .share("q", "a", 0, 1, shape(8, 8_000))
            .share("q", "b", 0, 5, ONE);
    assertThat(scenario.placements()).containsExactly("1 -> ce/i-2 x1");
  }

  @Test
  @DisplayName("A job's place in a fair-share queue counts the turns of the other shares")
  void placeInLine() {
    Snapshot world =
        queue(weights(new Weight("b", 0.5)))
            .share("q", "a", 0, 4, ONE)
            .share("q", "b", 0, 4, ONE)
            .share("q", "a", 9, 1, ONE)
            .snapshot();
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    for (int place = 0; place < 4; place++) {
      first.add(LineUp.ahead(world, "q", 0, place));
      second.add(LineUp.ahead(world, "q", 1, place));
    }
    // The line is b a b a b b a a a: b weighs half, and is before a while they had the same only
    // when its next job came earlier; the first of a is the one of the highest priority.
    assertThat(second).containsExactly(0, 2, 4, 5);
    assertThat(LineUp.ahead(world, "q", 2, 0)).isEqualTo(1);
    assertThat(first).containsExactly(3, 6, 7, 8);
  }
}
