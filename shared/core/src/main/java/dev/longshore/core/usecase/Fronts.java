package dev.longshore.core.usecase;

import dev.longshore.core.model.Front;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.TimeLimit;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a job stands at the head of its queue, and for which reason ({@code batch-semantics}
 * 13.2). Pure.
 */
final class Fronts {
  /**
   * A reason that comes back this soon has lasted: between two refused launches a job waits for the
   * launch.
   */
  private static final long GRACE_MILLIS = Duration.ofMinutes(2).toMillis();

  private Fronts() {}

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
