package dev.longshore.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void percentilesAreValuesThatWereMeasured() {
    Spread spread = Spread.of(IntStream.rangeClosed(1, 200).boxed().toList());
    assertThat(spread.median()).isEqualTo(100);
    assertThat(spread.percentile(99)).isEqualTo(198);
    assertThat(spread.max()).isEqualTo(200);
  }

  @Test
  void theMedianOfOneValueIsTheValue() {
    assertThat(Spread.of(List.of(7.5)).median()).isEqualTo(7.5);
  }

  @Test
  void thereIsNothingInNothing() {
    assertThat(Spread.of(List.<Long>of()).max()).isZero();
  }
}
