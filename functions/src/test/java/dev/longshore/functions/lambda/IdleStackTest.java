package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
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

  @Test
  @DisplayName("An hour of timers, idle hosts and agents that reconnect writes exactly 0 units")
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
    Map<Entry, Integer> invoked = delivered();
    invoked.replaceAll((entry, count) -> count - before.getOrDefault(entry, 0));
    assertThat(invoked)
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

  /** A minute of the timer. */
  private void round() {
    rig.pass(Duration.ofMinutes(1));
    rig.tick();
    rig.settle();
  }
}
