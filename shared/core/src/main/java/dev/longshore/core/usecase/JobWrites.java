package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Lifecycle;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies events to stored jobs: read, {@link Lifecycle#apply}, one conditional write; read again
 * when somebody else was faster. Nothing else calls the lifecycle, so the store hears of every
 * step.
 */
public final class JobWrites {
  private static final int TRIES = 8;

  private final JobStore jobs;

  public JobWrites(JobStore jobs) {
    this.jobs = jobs;
  }

  /** Applies one event to the job as it is stored now; the changed job, or empty when ignored. */
  public Optional<Job> apply(JobKey key, JobEvent event, long now) {
    return apply(key, null, List.of(event), now);
  }

  /** Like {@link #apply(JobKey, JobEvent, long)} on a job that was just read. */
  public Optional<Job> apply(Job read, JobEvent event, long now) {
    return apply(read.key(), read, List.of(event), now);
  }

  /** Applies events in order with one write; the changed job, or empty when all were ignored. */
  public Optional<Job> apply(JobKey key, @Nullable Job read, List<JobEvent> events, long now) {
    Job before = read;
    for (int tries = 0; tries < TRIES; tries++) {
      if (before == null) {
        before = jobs.find(key).orElse(null);
      }
      if (before == null) {
        return Optional.empty();
      }
      Job after = applyAll(before, events, now);
      if (after.version() == before.version()) {
        return Optional.empty();
      }
      if (jobs.save(after)) {
        return Optional.of(after);
      }
      before = null;
    }
    throw new StoreException(
        "job " + key + " was changed by others " + TRIES + " times in a row",
        new IllegalStateException());
  }

  /** The job after these events, one version later whatever their number; same when ignored. */
  Job applyAll(Job before, List<JobEvent> events, long now) {
    Job after = before;
    for (JobEvent event : events) {
      if (step(after, event, now) instanceof Step.Changed(Job changed)) {
        after = changed;
      }
    }
    return after.version() == before.version() ? before : after.asNextOf(before);
  }

  /** What the event does to the job, which is not stored yet; the store hears of it. */
  Step step(Job job, JobEvent event, long now) {
    Step step = Lifecycle.apply(job, event, now);
    jobs.applied(job, event, step);
    return step;
  }
}
