package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.simulator.invariant.Impossible;
import dev.longshore.simulator.invariant.Pair;
import dev.longshore.simulator.scenario.Seeds.Result;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
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

  /** Each seed is run once, by the test that asks first. */
  private static final Map<Long, Result> RESULTS = new ConcurrentHashMap<>();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  private static Result result(long seed) {
    return RESULTS.computeIfAbsent(seed, it -> Seeds.run(it, Alteration.NONE, false));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("Every law holds, and the seed brings enough jobs, events and faults")
  void everyLawHolds(long seed) {
    Result result = result(seed);
    assertThat(result.violation().map(_ -> Story.of(result, Alteration.NONE))).isEmpty();
  }

  @Test
  @DisplayName("Every pair of state and event is met, in some seed or a lost race, or impossible")
  void everyPairIsMetOrImpossible() {
    Summary summary = new Summary();
    summary.addLost(LostRaces.loseAll());
    seeds().forEach(seed -> summary.add(result(seed)));
    assertThat(summary.neverMet()).isEmpty();
    System.out.print(summary.text());
  }

  @Test
  @DisplayName("What is listed as impossible is some pair, each with a reason of its own or shared")
  void impossiblePairs() {
    for (Impossible rule : Impossible.ALL) {
      assertThat(rule.reason()).isNotBlank();
      assertThat(Pair.all())
          .filteredOn(pair -> Impossible.of(pair).filter(rule::equals).isPresent())
          .as("pairs that only this says: %s", rule.reason())
          .isNotEmpty();
    }
  }

  @Test
  @DisplayName("The same seed brings about the same events in the same order")
  void sameSeedSameTrace() {
    Result first = Seeds.run(7, Alteration.NONE, true);
    assertThat(first.trace()).hasSizeGreaterThan(1_000);
    assertThat(Seeds.run(7, Alteration.NONE, true).trace()).isEqualTo(first.trace());
    assertThat(Seeds.run(8, Alteration.NONE, true).trace()).isNotEqualTo(first.trace());
  }
}
