package dev.longshore.core.usecase;

import dev.longshore.core.model.Front;
import dev.longshore.core.model.Front.Blockage;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.TimeLimit;
import dev.longshore.core.plan.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a job stands at the head of its queue, for which reason, and whether that is to be told
 * ({@code batch-semantics} 13.2 and 18.3). Pure.
 */
final class Fronts {
  /**
   * A reason that comes back this soon has lasted: between two refused launches a job waits for the
   * launch.
   */
  private static final long GRACE_MILLIS = Duration.ofMinutes(2).toMillis();

  /** What still blocks a queue is told again after this time ({@code batch-semantics} 18.3). */
  private static final long REPEAT_MILLIS = Duration.ofHours(1).toMillis();

  private Fronts() {}

  /**
   * What there is to tell of a blocked queue after a round at {@code now}, epoch ms. A reason that
   * comes back within the hour has lasted: it is told once an hour at most.
   *
   * @param before the head until now, or null
   * @param job the first that waits
   * @param text its complete reason
   */
  static @Nullable Blockage blockage(@Nullable Front before, JobKey job, String text, long now) {
    Blockage old = before != null && before.job().equals(job) ? before.blockage() : null;
    Optional<Reason> reason = Reason.of(text).filter(Reason::blocksQueue);
    boolean recent = old != null && now - old.toldAt() < REPEAT_MILLIS;
    if (reason.isEmpty()) {
      return recent ? old : null;
    }
    if (old == null || !Reason.of(old.reason()).equals(reason)) {
      return new Blockage(text, now, now);
    }
    return recent ? old : new Blockage(text, old.since(), now);
  }

  /**
   * The head after a round at {@code now}, epoch ms.
   *
   * @param before the head until now, or null
   * @param job the first that waits
   * @param reason the first part of its reason
   */
  static Front next(@Nullable Front before, JobKey job, String reason, JobQueue queue, long now) {
    boolean limited = limit(queue, reason).isPresent();
    if (before == null || !before.job().equals(job)) {
      return limited ? new Front(job, now, reason, now, 0) : new Front(job, now, "", 0, 0);
    }
    long away = before.awaySince() == 0 ? now : before.awaySince();
    boolean lasts = !before.reason().isEmpty() && now - away <= GRACE_MILLIS;
    if (limited) {
      boolean same = lasts && before.reason().equals(reason);
      return new Front(job, before.since(), reason, same ? before.reasonSince() : now, 0);
    }
    return lasts
        ? new Front(job, before.since(), before.reason(), before.reasonSince(), away)
        : new Front(job, before.since(), "", 0, 0);
  }

  /** True when the head has stood there for its reason for as long as the queue allows. */
  static boolean isDue(Front front, JobQueue queue, long now) {
    return front.awaySince() == 0
        && limit(queue, front.reason())
            .filter(limit -> now - front.reasonSince() >= limit.maxSeconds() * 1000L)
            .isPresent();
  }

  private static Optional<TimeLimit> limit(JobQueue queue, String reason) {
    return queue.timeLimits().stream().filter(it -> it.reason().equals(reason)).findFirst();
  }
}
