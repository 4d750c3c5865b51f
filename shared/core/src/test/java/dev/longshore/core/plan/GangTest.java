package dev.longshore.core.plan;

import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Multi-node jobs: all nodes at once, each alone on a host of one environment. */
class GangTest {
  private static final Shape ONE = shape(1, 1_000);

  private static Scenario twoEnvironments() {
    return new Scenario().managed("a", 0, 64, "m").managed("b", 0, 64, "m").queue("q", 1, "a", "b");
  }

  @Test
  @DisplayName("All nodes go to the first environment that has enough empty hosts, one on each")
  void allInOneEnvironment() {
    Scenario scenario =
        twoEnvironments()
            .host("a", "i-1", "m.small")
            .host("a", "i-2", "m.small", ONE)
            .host("b", "i-3", "m.small")
            .host("b", "i-4", "m.small");
    assertThat(scenario.gang("q", 2, ONE).gangs()).containsExactly("0 -> b/i-3 b/i-4");
  }

  @Test
  @DisplayName("With one host too few nothing is placed and the reason says what is needed")
  void allOrNone() {
    Scenario scenario =
        twoEnvironments()
            .host("a", "i-1", "m.small")
            .host("a", "i-2", "m.small")
            .host("b", "i-3", "m.small")
            .gang("q", 3, ONE);
    assertThat(scenario.gangs()).isEmpty();
    assertThat(scenario.holds())
        .containsExactly(
            "0 x1: WAITING:CAPACITY - the job needs 3 empty hosts at once in one compute"
                + " environment: a, b");
  }

  @Test
  @DisplayName("Nothing else is placed on the host of a node, however small the node")
  void alone() {
    Scenario scenario =
        new Scenario()
            .managed("a", 0, 64, "m")
            .queue("q", 1, "a")
            .host("a", "i-1", "m.large")
            .gang("q", 1, ONE)
            .jobs("q", 1, ONE);
    assertThat(scenario.gangs()).containsExactly("0 -> a/i-1");
    assertThat(scenario.placements()).isEmpty();
  }

  @Test
  @DisplayName("A large node gets the large host, whichever index it has")
  void eachNodeFits() {
    NodeGroups nodes =
        new NodeGroups(0, List.of(new Group(1, ONE), new Group(1, shape(8, 8_000))), null);
    Scenario scenario =
        new Scenario()
            .managed("a", 0, 64, "m")
            .queue("q", 1, "a")
            .host("a", "i-1", "m.large")
            .host("a", "i-2", "m.small")
            .gang("q", ONE, nodes);
    assertThat(scenario.gangs()).containsExactly("0 -> a/i-2 a/i-1");
  }

  @Test
  @DisplayName("Only hosts of the instance type that the job names are taken")
  void instanceType() {
    NodeGroups nodes = new NodeGroups(0, List.of(new Group(1, ONE)), "m.large");
    Scenario scenario =
        new Scenario()
            .managed("a", 0, 64, "m")
            .queue("q", 1, "a")
            .host("a", "i-1", "m.small")
            .host("a", "i-2", "m.large")
            .gang("q", ONE, nodes);
    assertThat(scenario.gangs()).containsExactly("0 -> a/i-2");
  }

  @Test
  @DisplayName("Multi-node jobs run neither on Spot nor in unmanaged environments, and say so")
  void notOnSpot() {
    Managed spot = new Managed(Market.SPOT, 0, 64, 0, List.of("m"), "BEST_FIT_PROGRESSIVE");
    Scenario scenario =
        new Scenario()
            .environment("spot", spot)
            .unmanaged("own")
            .queue("q", 1, "spot", "own")
            .host("spot", "i-1", "m.small")
            .host("own", "i-2", "m.small")
            .gang("q", 1, ONE);
    assertThat(scenario.gangs()).isEmpty();
    assertThat(scenario.holds().getFirst())
        .startsWith("0 x1: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT")
        .endsWith("neither on Spot nor in unmanaged compute environments.");
  }

  @Test
  @DisplayName("More hosts than the maximum ever allows is a misconfiguration, one fewer is not")
  void tooMany() {
    Scenario large = new Scenario().managed("a", 0, 8, "m").queue("q", 1, "a");
    assertThat(large.gang("q", 20, ONE).holds().getFirst())
        .contains("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE")
        .contains("asks for 20 hosts at once; maxvCpus of a is 8.");
    Scenario small = new Scenario().managed("a", 0, 8, "m").queue("q", 1, "a");
    assertThat(small.gang("q", 4, ONE).holds().getFirst()).contains("WAITING:CAPACITY");
  }

  @Test
  @DisplayName("Hosts empty themselves for a multi-node job: what comes later is not put there")
  void keepsHosts() {
    Scenario scenario =
        new Scenario()
            .managed("a", 0, 64, "m")
            .queue("q", 1, "a")
            .host("a", "i-1", "m.small", ONE)
            .host("a", "i-2", "m.small")
            .gang("q", 2, ONE)
            .jobs("q", 3, ONE);
    assertThat(scenario.gangs()).isEmpty();
    assertThat(scenario.placements()).isEmpty();
  }
}
