package dev.longshore.core.usecase;

import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.Shape;
import org.jspecify.annotations.Nullable;

/** Something that may be placed in this round, as far as is known before it is read. */
sealed interface Candidate {
  /** Whose. */
  JobKey key();

  /** What it asks for. */
  Shape shape();

  /** A single job, known from the index only; the index lags. */
  record Single(LineEntry entry) implements Candidate {
    @Override
    public JobKey key() {
      return JobKey.whole(entry.job());
    }

    @Override
    public Shape shape() {
      return entry.shape();
    }
  }

  /**
   * A child of an open array.
   *
   * @param parent read in this round
   * @param item the child's item, absent when it was never handed over
   */
  record Child(JobKey key, Job parent, @Nullable Job item) implements Candidate {
    @Override
    public Shape shape() {
      return parent.spec().shape();
    }
  }

  /** A multi-node job, known from the index only; the index lags. */
  record Gang(LineEntry entry) implements Candidate {
    @Override
    public JobKey key() {
      return JobKey.whole(entry.job());
    }

    @Override
    public Shape shape() {
      return entry.shape();
    }
  }

  /** The job as it is before it is placed. */
  static Job unplaced(Child child) {
    Job item = child.item();
    if (item != null) {
      return item;
    }
    JobSpec spec = child.parent().spec();
    return Job.fresh(child.key(), spec, new JobState.Runnable(0));
  }

  /** The dispatch that would place this job. */
  static Dispatch dispatch(Job job, Host host, long now) {
    String containerInstance = host.containerInstance();
    return new Dispatch(
        host.id(),
        containerInstance == null ? host.id().instance() : containerInstance,
        job.currentAttempt(),
        job.nextDispatch(),
        now);
  }
}
