package dev.longshore.core.port;

import dev.longshore.core.model.JobId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Work that is too large for one stream batch or that is due later. At least once; lost items are
 * found by the sweep.
 */
public interface WorkQueue {

  /** A portion of work. Each handler does a bounded part and sends the rest with a new cursor. */
  sealed interface Work {
    /** Settles the jobs that wait for an ended one. */
    record SettleDependents(JobId target, @Nullable JobId after) implements Work {}

    /** Stops the children of an array parent that carries a stop request, from this page on. */
    record StopChildren(JobId parent, int page) implements Work {}

    /** Ends the jobs of a queue that is being deleted, then removes it. */
    record EmptyQueue(String queue) implements Work {}

    /** Nudges the scheduler of a queue, usually later: the back-off of a retry is over. */
    record Wake(String queue) implements Work {}
  }

  /** Delivers {@code work} after {@code delay} (at most 15 minutes). */
  void send(Work work, Duration delay);
}
