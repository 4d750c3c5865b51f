package dev.longshore.core.capacity;

import static dev.longshore.core.plan.Scenario.EARLIER;
import static dev.longshore.core.plan.Scenario.NOW;
import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final Shape ONE = shape(1, 1_000);
  private static final Shape EIGHT = shape(8, 8_000);

  private static List<String> drains(Scenario scenario) {
    return new CapacityPlanner()
        .plan(scenario.snapshot(), Scenario.TYPES).drains().stream().map(HostId::toString).toList();
  }

  @Test
  @DisplayName("An empty host goes after five idle minutes, a busy one never")
  void idleHostsGo() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 299)
            .host("ce", "i-2", "m.small")
            .idleFor("ce", "i-2", 300)
            .host("ce", "i-3", "m.small", ONE)
            .idleFor("ce", "i-3", 3_000);
    assertThat(drains(scenario)).containsExactly("ce/i-2");
  }

  @Test
  @DisplayName("The idle limit can be set")
  void idleLimit() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 30);
    CapacityPlanner hasty = new CapacityPlanner(Duration.ofSeconds(30));
    assertThat(hasty.plan(scenario.snapshot(), Scenario.TYPES).drains()).hasSize(1);
    assertThat(drains(scenario)).isEmpty();
  }

  @Test
  @DisplayName("A host that the planner has work for stays")
  void neededHostsStay() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large")
            .host("ce", "i-2", "m.large")
            .jobs("q", 1, EIGHT);
    assertThat(drains(scenario)).containsExactly("ce/i-2");
  }

  @Test
  @DisplayName("A host that waiting jobs use now stays, although one is booting that comes first")
  void hostsInUseNowStay() {
    Scenario scenario =
        new Scenario()
            .managed("first", 0, 64, "m")
            .managed("second", 0, 64, "m")
            .queue("q", 1, "first", "second")
            .host("first", "i-1", "m.large")
            .in(State.BOOTING, "first", "i-1")
            .host("second", "i-2", "m.large")
            .jobs("q", 1, EIGHT);
    assertThat(drains(scenario)).isEmpty();
  }

  @Test
  @DisplayName("The minimum stays, also in a disabled environment; the longest idle go first")
  void theMinimumStays() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 4, 64, "m")
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 400)
            .host("ce", "i-2", "m.small")
            .idleFor("ce", "i-2", 600)
            .host("ce", "i-3", "m.small")
            .idleFor("ce", "i-3", 500);
    assertThat(drains(scenario)).containsExactly("ce/i-2");
    assertThat(drains(scenario.disabled("ce"))).containsExactly("ce/i-2");
  }

  @Test
  @DisplayName("A disabled environment drains its empty hosts at once")
  void disabledDrainsAtOnce() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .disabled("ce")
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 1)
            .host("ce", "i-2", "m.small", ONE);
    assertThat(drains(scenario)).containsExactly("ce/i-1");
  }

  @Test
  @DisplayName("An environment that is being deleted drains everything, busy and booting included")
  void deletionDrainsAll() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 8, 64, "m")
            .but("ce", false, ResourceStatus.DELETING, EARLIER)
            .host("ce", "i-1", "m.small", ONE)
            .host("ce", "i-2", "m.small")
            .in(State.BOOTING, "ce", "i-2")
            .host("ce", "i-3", "m.small")
            .in(State.DRAINING, "ce", "i-3")
            .host("ce", "i-4", "m.small")
            .in(State.GONE, "ce", "i-4");
    assertThat(drains(scenario)).containsExactly("ce/i-1", "ce/i-2");
  }

  @Test
  @DisplayName("Hosts of an unmanaged environment are never ours to drain")
  void unmanagedHostsStay() {
    Scenario scenario = new Scenario().unmanaged("own").host("own", "i-1", "m.small");
    assertThat(drains(scenario)).isEmpty();
  }

  @Test
  @DisplayName("An idle host goes at once when the maximum leaves no room for one that is needed")
  void makesWay() {
    Scenario scenario =
        new Scenario()
            .bestFit("ce", 2, 8, "m.small", "m.large")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 1)
            .jobs("q", 1, EIGHT);
    assertThat(drains(scenario)).containsExactly("ce/i-1");
  }

  @Test
  @DisplayName("It stays when its going would not be enough")
  void noUselessDrain() {
    Scenario scenario =
        new Scenario()
            .bestFit("ce", 0, 8, "m.small", "m.large")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 1)
            .host("ce", "i-2", "m.small", ONE)
            .jobs("q", 1, EIGHT);
    assertThat(drains(scenario)).isEmpty();
  }

  @Test
  @DisplayName("No more hosts go than are needed, and none while enough are going already")
  void noMoreThanNeeded() {
    Scenario scenario =
        new Scenario()
            .bestFit("ce", 0, 12, "m.small", "m.large")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 3)
            .host("ce", "i-2", "m.small")
            .idleFor("ce", "i-2", 2)
            .host("ce", "i-3", "m.small")
            .idleFor("ce", "i-3", 1)
            .jobs("q", 1, EIGHT);
    assertThat(drains(scenario)).containsExactly("ce/i-1");
    scenario.in(State.DRAINING, "ce", "i-1");
    assertThat(drains(scenario)).isEmpty();
  }

  @Test
  @DisplayName("Idle hosts that desiredvCpus asked for stay as long as it counts")
  void desiredHostsStay() {
    Managed managed = new Managed(Market.ON_DEMAND, 0, 64, 2, List.of("m"), "BEST_FIT_PROGRESSIVE");
    Scenario scenario =
        new Scenario()
            .environment("ce", managed.desiredSince(NOW - Duration.ofMinutes(9).toMillis()))
            .host("ce", "i-1", "m.small")
            .idleFor("ce", "i-1", 301)
            .host("ce", "i-2", "m.small")
            .idleFor("ce", "i-2", 302);
    assertThat(drains(scenario)).containsExactly("ce/i-2");
    scenario.environment("ce", managed.desiredSince(NOW - Duration.ofMinutes(10).toMillis()));
    assertThat(drains(scenario)).containsExactly("ce/i-2", "ce/i-1");
  }
}
