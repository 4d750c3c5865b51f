package dev.longshore.core.usecase;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;

/**
 * Puts the events of one job in order: twice the number of the change that they tell of, so that
 * there is room for one before it, when a single write moved a job through RUNNING. It comes from
 * what is stored, so a repeated event has the same.
 *
 * <p>A whole job counts its versions. A child is first told of by its page, which counts for all
 * its children, and then by an item of its own, which counts from 1: the states that a page knows
 * come first, then the item's versions.
 */
final class Sequence {
  private static final int STEPS_IN_PAGE = 3;

  private Sequence() {}

  static long of(Job job) {
    return 2 * step(job);
  }

  /** Of what happened in the same write, before the job came into the state that it has. */
  static long justBefore(Job job) {
    return of(job) - 1;
  }

  private static long step(Job job) {
    if (job.key().isWhole()) {
      return job.version();
    }
    // An item begins with STARTING; the first version in another state was made from a page.
    if (job.version() > 1) {
      return job.version() + STEPS_IN_PAGE;
    }
    return switch (job.state()) {
      case JobState.Pending _ -> 1;
      case JobState.Runnable _ -> 2;
      case JobState.Ended _ -> STEPS_IN_PAGE;
      case JobState.Open _, JobState.Starting _, JobState.Running _ -> 1 + STEPS_IN_PAGE;
    };
  }
}
