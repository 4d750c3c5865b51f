package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.aws.dynamodb.DynamoTypeMemory;
import dev.longshore.aws.prices.TypeMemory;
import dev.longshore.aws.prices.TypeRefresh;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a stack costs when there is nothing to do. */
class IdleStackTest {
  private static final int ROUNDS = 60;

  private final Rig rig = new Rig();

  private Map<Entry, Integer> delivered() {
    Map<Entry, Integer> delivered = new EnumMap<>(Entry.class);
    for (Entry entry : Entry.values()) {
      delivered.put(entry, rig.delivered(entry).size());
    }
    return delivered;
  }

  private Map<Entry, Integer> since(Map<Entry, Integer> before) {
    Map<Entry, Integer> since = delivered();
    since.replaceAll((entry, count) -> count - before.getOrDefault(entry, 0));
    return since;
  }

  @Test
  @DisplayName(
      "An hour of timers, idle hosts and agents that reconnect writes exactly 0 units,"
          + " refused writes included, and calls nothing but the timer's, its nudges' and observe")
  void idle() {
    Story story = new Story(rig).prepare(4);
    story.submit("single", "");
    rig.settle();
    assertThat(story.outcome().get("single")).startsWith("SUCCEEDED");
    // Hosts above the minimum go first.
    for (int minute = 0; minute < 30; minute++) {
      round();
    }
    assertThat(rig.agents().running()).hasSize(2);
    Map<Entry, Integer> before = delivered();
    rig.units().reset();
    for (int minute = 0; minute < ROUNDS; minute++) {
      rig.report(rig.agents().reconnects());
      round();
    }
    assertThat(rig.units().total()).isZero();
    assertThat(since(before))
        .isEqualTo(
            Map.of(
                Entry.API,
                0,
                Entry.PROGRESS,
                0,
                Entry.PUBLISH,
                0,
                Entry.WORK,
                0,
                Entry.SWEEP,
                ROUNDS,
                Entry.SCHEDULER,
                ROUNDS,
                Entry.CAPACITY,
                ROUNDS,
                Entry.OBSERVE,
                ROUNDS));
    assertThat(rig.agents().running()).hasSize(2);
  }

  @Test
  @DisplayName("An agent that is away between two deliveries costs a look later, and no unit")
  void awayForLonger() {
    new Story(rig).prepare(4);
    for (int minute = 0; minute < 10; minute++) {
      round();
    }
    Map<Entry, Integer> before = delivered();
    rig.units().reset();
    for (int minute = 0; minute < ROUNDS; minute++) {
      // Each report is a delivery of its own: those of losses and of returns lie apart.
      rig.agents().reconnects().forEach(report -> rig.report(List.of(report)));
      round();
    }
    assertThat(rig.units().total()).isZero();
    assertThat(rig.agents().running()).hasSize(2);
    Map<Entry, Integer> invoked = since(before);
    assertThat(invoked.get(Entry.WORK)).isPositive();
    assertThat(invoked)
        .containsEntry(Entry.API, 0)
        .containsEntry(Entry.PROGRESS, 0)
        .containsEntry(Entry.PUBLISH, 0)
        .containsEntry(Entry.SCHEDULER, ROUNDS)
        .containsEntry(Entry.CAPACITY, ROUNDS);
  }

  @Test
  @DisplayName("A day costs one refresh of the Region's instance types: less than 150 units")
  void day() {
    int types = 1_200;
    OfferedTypes offered = new OfferedTypes(types);
    TypeMemory memory = new DynamoTypeMemory(rig.table());
    TypeRefresh refresh =
        new TypeRefresh(offered, offered.prices(), memory, Rig.SETTINGS.region(), rig.clock());
    refresh.run();
    rig.units().reset();
    int refreshes = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
      rig.pass(Duration.ofMinutes(1));
      refreshes += refresh.run() ? 1 : 0;
    }
    assertThat(refreshes).isEqualTo(1);
    System.out.printf(
        "an idle day: %.0f write units, for %d instance types%n", rig.units().total(), types);
    assertThat(rig.units().total()).isBetween(1.0, 150.0);
  }

  /** A minute of the timer. */
  private void round() {
    rig.pass(Duration.ofMinutes(1));
    rig.tick();
    rig.settle();
  }
}
