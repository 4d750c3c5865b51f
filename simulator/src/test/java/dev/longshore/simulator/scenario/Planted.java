package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Violation;
import java.util.EnumSet;
import java.util.Optional;

/** How a bug that was planted on purpose is looked for. */
final class Planted {
  private static final int SEEDS = 60;
  private static final int AT_LEAST = 3;

  private Planted() {}

  /**
   * At least three of the first sixty seeds of this focus find the bug, each by one of these laws,
   * and without it the same seeds find nothing.
   */
  static void isFound(Focus focus, Alteration bug, Law... laws) {
    EnumSet<Law> expected = EnumSet.of(laws[0], laws);
    int found = 0;
    for (long seed = 1; seed <= SEEDS && found < AT_LEAST; seed++) {
      Case run = Case.of(seed, focus);
      Optional<Violation> broken = Seeds.run(run, bug, false).violation();
      if (broken.isPresent()) {
        assertThat(broken.get().law()).as("what seed %d broke", seed).isIn(expected);
        assertThat(Seeds.run(run, Alteration.NONE, false).violation()).isEmpty();
        found++;
        System.out.printf("seed %d of %s: %s%n", seed, focus, broken.get().law());
      }
    }
    assertThat(found).as("seeds out of %d that find it", SEEDS).isEqualTo(AT_LEAST);
  }
}
