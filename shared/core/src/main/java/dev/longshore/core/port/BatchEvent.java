package dev.longshore.core.port;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobStatus;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the service tells the world about jobs ({@code batch-semantics} 18). Events come at least
 * once; those of one job bear a sequence that puts them in order and is the same in a repetition.
 */
public sealed interface BatchEvent {

  /** The job it is about, as it was then. */
  Job job();

  /** Grows from event to event of one job, with gaps. */
  long sequence();

  /** When it happened, epoch ms. */
  long at();

  /**
   * A job, array parent or child came into another status.
   *
   * @param from the status before; SUBMITTED for a new job
   * @param job as it was after the change
   * @param summary of an array parent: how many children are in each status; otherwise empty
   */
  record StateChanged(
      JobStatus from, Job job, Map<JobStatus, Integer> summary, long sequence, long at)
      implements BatchEvent {
    public StateChanged {
      summary = Collections.unmodifiableSortedMap(new TreeMap<>(summary));
    }

    /** The status it came into. */
    public JobStatus to() {
      return job.status();
    }
  }

  /**
   * The first job of a queue cannot be placed, and not for want of patience: something must be done
   * about it. Told once for each such job and reason, and again every hour while it lasts.
   *
   * @param job the head of the queue
   * @param reason its status reason, one of {@code batch-semantics} 5.3
   * @param since epoch ms since when it is held for this reason
   * @param at when that was found, or found again, by which repetitions differ
   */
  record QueueBlocked(Job job, String reason, long since, long sequence, long at)
      implements BatchEvent {}
}
