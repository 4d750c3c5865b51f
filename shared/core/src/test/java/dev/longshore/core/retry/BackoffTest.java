package dev.longshore.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  @DisplayName("Failures to start wait 5 s, doubled each time, at most 60 s")
  void startFailuresDouble() {
    assertThat(IntStream.rangeClosed(1, 10).mapToLong(Backoff::startFailureMillis))
        .containsExactly(
            5_000L, 10_000L, 20_000L, 40_000L, 60_000L, 60_000L, 60_000L, 60_000L, 60_000L,
            60_000L);
  }
}
