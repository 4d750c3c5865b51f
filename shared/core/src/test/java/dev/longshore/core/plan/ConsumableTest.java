package dev.longshore.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.capacity.CapacityPlanner;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Consumable resources in a round ({@code batch-semantics} 15). */
final class ConsumableTest {
  private static final Shape ONE = new Shape(1, 1_000, 0);
  private static final Shape EIGHT = new Shape(8, 8_000, 0);
  private static final Need LICENCE = new Need("licence", 1);

  private final Scenario world =
      new Scenario().managed("ce", 0, 64, "m").queue("q", 1, "ce").host("ce", "i-1", "m.large");

  /** So much of a consumable resource, of which so much is taken. */
  private static ConsumableResource resource(String name, long total, long taken) {
    JobKey job = JobKey.whole(new JobId(new UUID(0, -1)));
    Claim claim = new Claim(new AttemptKey(job, 1, 0), taken, 0);
    return ConsumableResource.fresh(name, Kind.REPLENISHABLE, total, Map.of(), Scenario.EARLIER)
        .withClaims(taken == 0 ? Set.of() : Set.of(claim), total, 2);
  }

  @Test
  @DisplayName("As many jobs are placed as find their licences; the others say which is missing")
  void asManyAsThereAre() {
    world.consumable(resource("licence", 3, 1)).needing("q", 5, ONE, LICENCE);
    assertThat(world.placements()).containsExactly("0 -> ce/i-1 x2");
    assertThat(world.holds())
        .containsExactly("0 x3: WAITING:CONSUMABLE_RESOURCE - licence 0 of 3 free, 1 needed");
  }

  @Test
  @DisplayName("Jobs behind one that waits for a licence start if they need none")
  void othersPass() {
    world.consumable(resource("licence", 1, 1)).needing("q", 1, ONE, LICENCE).jobs("q", 2, ONE);
    assertThat(world.placements()).containsExactly("1 -> ce/i-1 x2");
  }

  @Test
  @DisplayName("A job gets all that it needs or nothing")
  void allOrNothing() {
    world
        .consumable(resource("licence", 5, 0))
        .consumable(resource("seat", 2, 2))
        .needing("q", 1, ONE, LICENCE, new Need("seat", 1))
        .needing("q", 5, ONE, LICENCE);
    assertThat(world.placements()).containsExactly("1 -> ce/i-1 x5");
    assertThat(world.holds())
        .containsExactly("0 x1: WAITING:CONSUMABLE_RESOURCE - seat 0 of 2 free, 1 needed");
  }

  @Test
  @DisplayName("Two demands of one round share what is there")
  void oneStock() {
    world.consumable(resource("licence", 5, 0)).needing("q", 1, ONE, new Need("licence", 4));
    world.needing("q", 3, ONE, LICENCE);
    assertThat(world.placements()).containsExactly("0 -> ce/i-1 x1", "1 -> ce/i-1 x1");
  }

  @Test
  @DisplayName("A job that needs more than there is in all, or what does not exist, says so")
  void neverEnough() {
    world
        .consumable(resource("licence", 3, 0))
        .needing("q", 1, ONE, new Need("licence", 4))
        .needing("q", 1, ONE, new Need("seat", 1));
    assertThat(world.holds())
        .containsExactly(
            "0 x1: WAITING:CONSUMABLE_RESOURCE - licence: 4 needed, 3 in all",
            "1 x1: WAITING:CONSUMABLE_RESOURCE - there is no consumable resource seat");
  }

  @Test
  @DisplayName("Nothing is free while more is taken than there is")
  void loweredTotal() {
    world.consumable(resource("licence", 1, 3)).needing("q", 1, ONE, LICENCE);
    assertThat(world.holds())
        .containsExactly("0 x1: WAITING:CONSUMABLE_RESOURCE - licence 0 of 1 free, 1 needed");
  }

  @Test
  @DisplayName("A job that waits for a licence keeps no host for itself")
  void keepsNoHost() {
    Scenario busy =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", ONE)
            .consumable(resource("licence", 1, 1))
            .needing("q", 1, EIGHT, LICENCE)
            .jobs("q", 7, ONE);
    assertThat(busy.placements()).containsExactly("1 -> ce/i-1 x7");
  }

  @Test
  @DisplayName(
      "No host is launched for jobs that wait for licences, one is for those that have them")
  void launchesForProvidedOnly() {
    Scenario empty = new Scenario().managed("ce", 0, 64, "m").queue("q", 1, "ce");
    empty.consumable(resource("licence", 2, 0)).needing("q", 60, ONE, LICENCE);
    assertThat(new CapacityPlanner().plan(empty.snapshot(), Scenario.TYPES).launches())
        .singleElement()
        .satisfies(launch -> {
          assertThat(launch.instanceType()).isEqualTo("m.small");
          assertThat(launch.count()).isEqualTo(1);
        });
    Scenario none = new Scenario().managed("ce", 0, 64, "m").queue("q", 1, "ce");
    none.consumable(resource("licence", 2, 2)).needing("q", 60, ONE, LICENCE);
    assertThat(new CapacityPlanner().plan(none.snapshot(), Scenario.TYPES).launches()).isEmpty();
  }

  @Test
  @DisplayName("A multi-node job takes what all its nodes need, or keeps no host and asks for none")
  void gangs() {
    NodeGroups one = new NodeGroups(0, List.of(new NodeGroups.Group(1, ONE)), null);
    world
        .host("ce", "i-2", "m.large")
        .host("ce", "i-3", "m.large")
        .consumable(resource("licence", 5, 0))
        .gang("q", ONE, one, new Need("licence", 4))
        .gang("q", ONE, one, new Need("licence", 2))
        .gang("q", ONE, one, LICENCE)
        .jobs("q", 1, EIGHT);
    assertThat(world.gangs()).containsExactly("0 -> ce/i-1", "2 -> ce/i-2");
    assertThat(world.placements()).containsExactly("3 -> ce/i-3 x1");
    assertThat(world.holds())
        .containsExactly("1 x1: WAITING:CONSUMABLE_RESOURCE - licence 1 of 5 free, 2 needed");
  }
}
