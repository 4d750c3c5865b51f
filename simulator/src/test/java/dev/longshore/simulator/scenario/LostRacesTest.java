package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.simulator.invariant.Pair;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LostRacesTest {
  static List<Pair> pairs() {
    return LostRaces.pairs();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  @DisplayName("An event that was decided on an earlier state of the job changes nothing")
  void changesNothing(Pair pair) {
    LostRaces.Lost lost = LostRaces.lose(pair);
    assertThat(lost.met()).isEqualTo(pair);
    assertThat(lost.since().state()).isInstanceOf(pair.state());
    assertThat(lost.written()).isEmpty();
    assertThat(lost.after()).isEqualTo(lost.since());
  }

  @Test
  @DisplayName("Only the race in which a pair meets, and one that changes nothing, is that race")
  void knowsItsRace() {
    Pair first = LostRaces.pairs().getFirst();
    Pair last = LostRaces.pairs().getLast();
    LostRaces.Lost lost = LostRaces.lose(first);
    assertThat(lost.isIgnored(first)).isTrue();
    assertThat(lost.isIgnored(last)).isFalse();
    assertThat(
            new LostRaces.Lost(
                    lost.met(), lost.since(), LostRaces.lose(last).after(), lost.written())
                .isIgnored(first))
        .isFalse();
  }
}
