package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one tick of the timer leads to ({@code docs/decisions/0025}). */
class SweepMinuteTest {
  private final Rig rig = new Rig();
  private final Story story = new Story(rig).prepare(4);

  /** Sweeps within a minute that begins with a tick of the timer. */
  private int sweepsOfAMinute() {
    int before = sweeps();
    rig.tick();
    for (int second = 0; second < 55; second++) {
      rig.pass(Duration.ofSeconds(1));
      rig.settle();
    }
    return sweeps() - before;
  }

  private int sweeps() {
    return rig.delivered(Entry.SWEEP).size();
  }

  @Test
  @DisplayName("While an attempt holds room there are four sweeps a minute, else one")
  void moreWhileBusy() {
    rig.settle();
    assertThat(sweepsOfAMinute()).as("at rest").isEqualTo(1);

    story.submit("long", "");
    rig.settle();
    assertThat(story.outcome().get("long")).startsWith("RUNNING");
    assertThat(sweepsOfAMinute()).as("a job runs").isEqualTo(4);
    assertThat(sweepsOfAMinute()).as("and goes on running").isEqualTo(4);
  }

  @Test
  @DisplayName("A tick whose refresh of instance types fails has swept, and does not come again")
  void refreshFails() {
    rig.forgetTypes();
    story.submit("single", "");
    rig.settle();

    rig.tick();
    rig.settle();

    assertThat(story.outcome().get("single")).startsWith("SUCCEEDED");
  }
}
