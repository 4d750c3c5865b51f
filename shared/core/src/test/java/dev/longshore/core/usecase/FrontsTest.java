package dev.longshore.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Front;
import dev.longshore.core.model.Front.Blockage;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.TimeLimit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Time limits of the head of a queue ({@code batch-semantics} 13.2). */
class FrontsTest {
  private static final String SHORT = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY";
  private static final String LARGE = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT";
  private static final String OTHER = "WAITING:CAPACITY";
  private static final JobKey A = JobKey.whole(new JobId(new UUID(0, 1)));
  private static final JobKey B = JobKey.whole(new JobId(new UUID(0, 2)));
  private static final long T = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;

  private static final JobQueue QUEUE =
      new JobQueue(
          "q",
          true,
          ResourceStatus.VALID,
          "",
          1,
          List.of("ce"),
          List.of(1),
          null,
          List.of(new TimeLimit(SHORT, 600), new TimeLimit(LARGE, 3_600)),
          Map.of(),
          T,
          1);

  private static Front at(long minute, Front before, JobKey job, String reason) {
    return Fronts.next(before, job, reason, QUEUE, T + minute * MINUTE);
  }

  private static boolean due(Front front, long minute) {
    return Fronts.isDue(front, QUEUE, T + minute * MINUTE);
  }

  private static Front first(String reason) {
    return Fronts.next(null, A, reason, QUEUE, T);
  }

  @Test
  @DisplayName("A head is due when it has waited for its reason as long as the queue allows for it")
  void dueByReason() {
    assertThat(due(first(SHORT), 9)).isFalse();
    assertThat(due(first(SHORT), 10)).isTrue();
    assertThat(due(first(LARGE), 59)).isFalse();
    assertThat(due(first(LARGE), 60)).isTrue();
    assertThat(due(first(OTHER), 10_000)).isFalse();
  }

  @Test
  @DisplayName("Who comes to the front starts anew, whatever waited there before for this reason")
  void countsFromTheFront() {
    Front next = at(30, first(SHORT), B, SHORT);
    assertThat(next).isEqualTo(new Front(B, T + 30 * MINUTE, SHORT, T + 30 * MINUTE, 0));
    assertThat(due(next, 39)).isFalse();
    assertThat(due(next, 40)).isTrue();
  }

  @Test
  @DisplayName("Who was first before starts anew too, as when shares take turns at the front")
  void takesTurns() {
    Front other = at(5, first(SHORT), B, OTHER);
    Front back = at(6, other, A, SHORT);
    assertThat(back).isEqualTo(new Front(A, T + 6 * MINUTE, SHORT, T + 6 * MINUTE, 0));
    assertThat(due(back, 15)).isFalse();
    assertThat(due(back, 16)).isTrue();
  }

  @Test
  @DisplayName("Another reason starts anew; since when it stands first stays")
  void anotherReason() {
    Front changed = at(8, first(SHORT), A, LARGE);
    assertThat(changed).isEqualTo(new Front(A, T, LARGE, T + 8 * MINUTE, 0));
    assertThat(at(9, changed, A, SHORT).reasonSince()).isEqualTo(T + 9 * MINUTE);
  }

  @Test
  @DisplayName("A reason that is away for a launch that is refused again has lasted all the time")
  void shortInterruptions() {
    Front away = at(5, first(SHORT), A, OTHER);
    assertThat(away).isEqualTo(new Front(A, T, SHORT, T, T + 5 * MINUTE));
    assertThat(due(away, 60)).as("while away").isFalse();
    Front still = at(6, away, A, OTHER);
    assertThat(still).isEqualTo(away);
    Front back = at(7, still, A, SHORT);
    assertThat(back).isEqualTo(first(SHORT));
    assertThat(due(back, 10)).isTrue();
  }

  @Test
  @DisplayName("A reason that was away for longer starts anew")
  void longInterruptions() {
    Front away = at(5, first(SHORT), A, OTHER);
    assertThat(at(8, away, A, OTHER)).isEqualTo(new Front(A, T, "", 0, 0));
    assertThat(at(8, away, A, SHORT).reasonSince()).isEqualTo(T + 8 * MINUTE);
  }

  private static Front blocking(@Nullable Front before, JobKey job, String text, long minute) {
    long now = T + minute * MINUTE;
    return new Front(job, now, "", 0, 0, Fronts.blockage(before, job, text, now));
  }

  private static @Nullable Blockage told(Front front) {
    return front.blockage();
  }

  @Test
  @DisplayName("A head that blocks its queue is told of once an hour for as long as it does")
  void repeatedHourly() {
    Front first = blocking(null, A, LARGE + " - 4 vCPUs", 0);
    assertThat(told(first)).isEqualTo(new Blockage(LARGE + " - 4 vCPUs", T, T));
    Front still = blocking(first, A, LARGE + " - in other words", 59);
    assertThat(told(still)).isEqualTo(told(first));
    assertThat(told(blocking(still, A, LARGE + " - in other words", 60)))
        .isEqualTo(new Blockage(LARGE + " - in other words", T, T + 60 * MINUTE));
  }

  @Test
  @DisplayName("Another head and another reason are told of at once, and waiting for room never")
  void anotherBlockage() {
    Front first = blocking(null, A, LARGE + " - x", 0);
    assertThat(told(blocking(first, B, LARGE + " - x", 1)))
        .isEqualTo(new Blockage(LARGE + " - x", T + MINUTE, T + MINUTE));
    assertThat(told(blocking(first, A, SHORT + " - x", 1)))
        .isEqualTo(new Blockage(SHORT + " - x", T + MINUTE, T + MINUTE));
    assertThat(told(blocking(first, B, OTHER + " - x", 1))).isNull();
  }

  @Test
  @DisplayName("A reason that is away and comes back within the hour is not told of again")
  void comesBack() {
    Front first = blocking(null, A, SHORT + " - x", 0);
    Front away = blocking(first, A, OTHER + " - x", 20);
    assertThat(told(blocking(away, A, SHORT + " - y", 40))).isEqualTo(told(first));
    Front gone = blocking(away, A, OTHER + " - x", 61);
    assertThat(told(gone)).isNull();
    assertThat(told(blocking(gone, A, SHORT + " - y", 62)))
        .isEqualTo(new Blockage(SHORT + " - y", T + 62 * MINUTE, T + 62 * MINUTE));
  }
}
