package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.simulator.scenario.Seeds.Result;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws hold whatever goes wrong. */
@Execution(ExecutionMode.CONCURRENT)
class SeedsTest {
  private static final int SEEDS = 300;
  private static final Summary SUMMARY = new Summary();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("Every law holds, and the seed brings enough jobs, events and faults")
  void everyLawHolds(long seed) {
    Result result = Seeds.run(seed, Alteration.NONE, false);
    synchronized (SUMMARY) {
      SUMMARY.add(result);
    }
    assertThat(result.violation().map(_ -> Seeds.explain(result))).isEmpty();
  }

  @Test
  @DisplayName("The same seed brings about the same events in the same order")
  void sameSeedSameTrace() {
    Result first = Seeds.run(7, Alteration.NONE, true);
    assertThat(first.trace()).hasSizeGreaterThan(1_000);
    assertThat(Seeds.run(7, Alteration.NONE, true).trace()).isEqualTo(first.trace());
    assertThat(Seeds.run(8, Alteration.NONE, true).trace()).isNotEqualTo(first.trace());
  }

  @AfterAll
  static void report() {
    System.out.print(SUMMARY.text());
  }
}
