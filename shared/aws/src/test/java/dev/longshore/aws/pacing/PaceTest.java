package dev.longshore.aws.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaceTest {
  private Instant now = Instant.EPOCH;
  private final List<Duration> waits = new ArrayList<>();
  private final Pace pace =
      new Pace(
          10,
          2,
          () -> now,
          wait -> {
            waits.add(wait);
            now = now.plus(wait);
          });

  @Test
  @DisplayName("After the burst each call waits its turn")
  void waits() {
    for (int i = 0; i < 5; i++) {
      assertThat(pace.take(Duration.ofSeconds(1))).isTrue();
    }
    assertThat(waits).hasSize(3).containsOnly(Duration.ofMillis(100));
  }

  @Test
  @DisplayName("A call that would wait too long takes nothing")
  void refuses() {
    assertThat(pace.take(Duration.ZERO)).isTrue();
    assertThat(pace.take(Duration.ZERO)).isTrue();
    assertThat(pace.take(Duration.ZERO)).isFalse();
    now = now.plusMillis(100);
    assertThat(pace.take(Duration.ZERO)).isTrue();
  }
}
