package dev.longshore.core.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.ShareBook.Share;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final long T = 1_800_000_000_000L;
  private static final FairShare POLICY = FairShare.DEFAULT;
  private static final long WINDOW = 600_000;

  private static ShareBook book(double recent, int held, long activeAt) {
    return new ShareBook(
        "q", List.of(new Share("a", Map.of(0, activeAt), recent, held, activeAt)), T, 7);
  }

  private static double recent(ShareBook book, long now) {
    return Usage.recent(book, book.shares().getFirst(), POLICY, now);
  }

  private static ShareBook advanced(ShareBook book, int held, boolean waiting, long now) {
    Set<String> some = waiting ? Set.of("a") : Set.of();
    return Usage.advanced(book, POLICY, Map.of("a", held), some, Set.of(), Map.of(), now);
  }

  @Test
  @DisplayName("What was held falls by e in a third of the window, and what is held replaces it")
  void decays() {
    assertThat(recent(book(10, 0, T), T)).isEqualTo(10);
    assertThat(recent(book(10, 0, T), T + WINDOW / 3)).isCloseTo(10 / Math.E, within(1e-9));
    assertThat(recent(book(0, 10, T), T + WINDOW / 3)).isCloseTo(10 - 10 / Math.E, within(1e-9));
    assertThat(recent(book(4, 4, T), T + 12_345)).isEqualTo(4);
    assertThat(recent(book(0, 4, T), T + 100 * WINDOW)).isCloseTo(4, within(1e-9));
  }

  @Test
  @DisplayName("A share that has been idle for the window has no use left")
  void idleSharesHaveNone() {
    assertThat(recent(book(10, 0, T), T + WINDOW)).isPositive();
    assertThat(recent(book(10, 0, T), T + WINDOW + 1)).isZero();
  }

  @Test
  @DisplayName("A clock that goes back changes nothing")
  void skewedClocks() {
    assertThat(recent(book(10, 3, T), T - 60_000)).isEqualTo(10);
    assertThat(advanced(book(10, 3, T), 5, true, T - 60_000)).isEqualTo(book(10, 3, T));
  }

  @Test
  @DisplayName("In two steps the book comes to the same as in one")
  void stepsAdd() {
    ShareBook twice = advanced(advanced(book(10, 3, T), 5, true, T + 50_000), 6, true, T + 90_000);
    double between = recent(book(10, 3, T), T + 50_000);
    double expected = 5 + (between - 5) * Math.exp(-40_000 / (WINDOW / 3.0));
    assertThat(twice.shares().getFirst().recent()).isCloseTo(expected, within(1e-9));
    assertThat(twice.shares().getFirst().held()).isEqualTo(6);
    assertThat(twice.version()).isEqualTo(9);
  }

  @Test
  @DisplayName("Nothing is written while shares hold what they held, nor again within a moment")
  void writesRarely() {
    ShareBook before = book(10, 3, T);
    assertThat(advanced(before, 3, true, T + 300_000)).isEqualTo(before);
    assertThat(advanced(before, 4, true, T + 1_999)).isEqualTo(before);
    assertThat(advanced(before, 4, true, T + 2_000).version()).isEqualTo(8);
  }

  @Test
  @DisplayName("A share that waits is noted as active every five minutes")
  void notesActivity() {
    assertThat(advanced(book(0, 0, T), 0, true, T + 300_000)).isEqualTo(book(0, 0, T));
    assertThat(advanced(book(0, 0, T), 0, true, T + 300_001).shares().getFirst().activeAt())
        .isEqualTo(T + 300_001);
    assertThat(advanced(book(0, 0, T), 0, false, T + 300_001)).isEqualTo(book(0, 0, T));
  }

  @Test
  @DisplayName("A share is forgotten an hour after it became inactive, never while it has jobs")
  void forgets() {
    long hour = T + WINDOW + 3_600_000;
    assertThat(advanced(book(9, 0, T), 0, false, hour).shares()).hasSize(1);
    assertThat(advanced(book(9, 0, T), 0, false, hour + 1).shares()).isEmpty();
    assertThat(advanced(book(9, 0, T), 0, true, hour + 1).shares()).hasSize(1);
    assertThat(advanced(book(9, 0, T), 1, false, hour + 1).shares()).hasSize(1);
    assertThat(advanced(book(9, 1, T), 0, false, hour + 1).shares()).hasSize(1);
    ShareBook before = book(9, 0, T);
    assertThat(Usage.advanced(before, POLICY, Map.of(), Set.of(), Set.of("a"), Map.of(), hour + 1))
        .as("jobs in its lanes that all wait for others")
        .isEqualTo(before);
  }

  @Test
  @DisplayName("A share enters with all priorities it ever had, and keeps what it had")
  void enters() {
    ShareBook more = Usage.with(Usage.with(book(9, 2, T), "a", 7, T + 5), "b", 0, T + 6);
    assertThat(more.shares())
        .containsExactly(
            new Share("a", Map.of(0, T, 7, T + 5), 9, 2, T + 5),
            new Share("b", Map.of(0, T + 6), 0, 0, T + 6));
    assertThat(more.at()).isEqualTo(T);
    assertThat(more.version()).isEqualTo(9);
  }

  @Test
  @DisplayName("A priority is forgotten 15 minutes after it was noted, if its lanes are empty")
  void forgetsPriorities() {
    ShareBook before = Usage.with(book(0, 1, T), "a", 7, T + 5);
    long over = T + 15 * 60_000 + 1;
    assertThat(priorities(before, Set.of(0, 7), over)).containsExactly(7);
    assertThat(priorities(before, Set.of(0, 7), over - 1)).containsExactly(0, 7);
    assertThat(priorities(before, Set.of(0, 7), over + 5)).isEmpty();
    assertThat(priorities(before, Set.of(7), over + 5)).containsExactly(0);
    assertThat(priorities(before, Set.of(), over + 5)).containsExactly(0, 7);
  }

  private static Set<Integer> priorities(ShareBook book, Set<Integer> empty, long now) {
    Map<String, Set<Integer>> found = Map.of("a", empty, "b", Set.of(0, 7));
    ShareBook after =
        Usage.advanced(book, POLICY, Map.of("a", 1), Set.of("a"), Set.of("a"), found, now);
    return after.shares().getFirst().priorities().keySet();
  }

  @Test
  @DisplayName("A priority is noted again when that was more than five minutes ago")
  void notesPriorities() {
    ShareBook before = Usage.with(book(0, 1, T), "a", 7, T + 5);
    assertThat(Usage.isNoted(before, "a", 7, T + 300_005)).isTrue();
    assertThat(Usage.isNoted(before, "a", 7, T + 300_006)).isFalse();
    assertThat(Usage.isNoted(before, "a", 0, T + 300_001)).as("of the other").isFalse();
    assertThat(Usage.isNoted(before, "a", 1, T + 5)).isFalse();
    assertThat(Usage.isNoted(before, "b", 7, T + 5)).isFalse();
    assertThat(Usage.with(before, "a", 7, T).shares().getFirst().priorities())
        .as("a clock that goes back")
        .containsEntry(7, T + 5);
  }
}
