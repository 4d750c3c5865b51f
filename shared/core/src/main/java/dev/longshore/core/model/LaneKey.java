package dev.longshore.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a queue's index that is read by itself: a lane, and in a fair-share queue, for jobs
 * that may be placed, a part of it for each share and priority, so that the backlog of one share
 * never hides another ({@code data-model} 1).
 *
 * @param queue name of the queue
 * @param lane which lane
 * @param share share identifier, or null for the lane of jobs without one
 * @param priority scheduling priority, 0 without a share
 */
public record LaneKey(String queue, Lane lane, @Nullable String share, int priority) {

  /** The lane of jobs that belong to no share, or whose lane is not parted. */
  public static LaneKey whole(String queue, Lane lane) {
    return new LaneKey(queue, lane, null, 0);
  }

  /** The lane of a job of this share; the whole lane where lanes are not parted. */
  public static LaneKey of(String queue, Lane lane, @Nullable String share, int priority) {
    return share != null && isParted(lane)
        ? new LaneKey(queue, lane, share, priority)
        : whole(queue, lane);
  }

  /** The lane of a whole job with this spec in this state. */
  public static LaneKey of(JobSpec spec, JobState state) {
    return of(spec.queue(), Lane.of(state), spec.share(), spec.priority());
  }

  /** True for lanes from which jobs are placed. */
  public static boolean isParted(Lane lane) {
    return lane == Lane.RUNNABLE || lane == Lane.OPEN;
  }
}
