package dev.longshore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PartTest {
  @Test
  @DisplayName("a part is a plain table with goals and verdicts, and counts what was missed")
  void tableAndVerdicts() {
    Part part =
        new Part(
            "(x) a title",
            List.of(
                Figure.atLeast(60, "fast enough", 612.4, "jobs/s"),
                Figure.atMost(12, "too dear", 12.125, "units"),
                Figure.plain("a bound", 7, "")),
            List.of("a note"));
    assertThat(part.lines())
        .containsExactly(
            "(x) a title",
            "  figure       value          goal",
            "  fast enough    612  jobs/s  >= 60 jobs/s  pass",
            "  too dear     12.13  units   <= 12 units   MISS",
            "  a bound          7",
            "  a note");
    assertThat(part.missed()).isEqualTo(1);
  }

  @Test
  @DisplayName("a goal is met by the limit itself")
  void limitsAreInclusive() {
    assertThat(new Goal.AtLeast(60).isMetBy(60)).isTrue();
    assertThat(new Goal.AtLeast(60).isMetBy(59.99)).isFalse();
    assertThat(new Goal.AtMost(12).isMetBy(12)).isTrue();
    assertThat(new Goal.AtMost(12).isMetBy(12.01)).isFalse();
  }
}
