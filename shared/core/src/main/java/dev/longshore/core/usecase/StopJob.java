package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.StopRequest.Kind;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.validation.ClientFault;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * CancelJob and TerminateJob ({@code batch-semantics} 11). Unknown and ended jobs: success, and
 * nothing changes.
 */
public final class StopJob {
  private static final int TRIES = 8;

  private final JobStore jobs;
  private final JobWrites writes;
  private final InstantSource clock;

  public StopJob(JobStore jobs, InstantSource clock) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.clock = clock;
  }

  /** Ends the job if it has not reached STARTING; of an array, its children that have not. */
  public void cancel(JobKey key, String reason) {
    stop(key, new StopRequest(Kind.CANCEL, reason, clock.millis()));
  }

  /** Ends the job whatever it does; a running task is stopped, then the job is FAILED. */
  public void terminate(JobKey key, String reason) {
    stop(key, new StopRequest(Kind.TERMINATE, reason, clock.millis()));
  }

  private void stop(JobKey key, StopRequest stop) {
    switch (key.member()) {
      case WHOLE -> writes.apply(key, new JobEvent.StopRequested(stop), stop.at());
      case CHILD -> stopChild(key, stop);
      case NODE ->
          throw new ClientFault(
              "Job " + key + " is a node of a multi-node job; stop the job " + key.job() + ".");
    }
  }

  private void stopChild(JobKey key, StopRequest stop) {
    for (int tries = 0; tries < TRIES; tries++) {
      if (stopChildOnce(key, stop)) {
        return;
      }
    }
    throw new StoreException(
        "child " + key + " was changed by others " + TRIES + " times in a row",
        new IllegalStateException());
  }

  /** False when a write lost a race and all must be read again. */
  private boolean stopChildOnce(JobKey key, StopRequest stop) {
    if (jobs.find(key).isPresent()) {
      writes.apply(key, new JobEvent.StopRequested(stop), stop.at());
      return true;
    }
    Optional<Job> parent = jobs.find(JobKey.whole(key.job()));
    if (parent.isEmpty() || key.index() >= parent.get().spec().arraySize()) {
      return true;
    }
    int number = key.index() / ArrayPage.SIZE;
    ArrayPage page =
        ArrayFamily.pageOf(parent.get(), number, jobs.page(key.job(), number).orElse(null));
    if (page.state(key.index()).hasItem()) {
      // Between the page's hand-over and the child's item: an item that is over already stops the
      // dispatcher, whose own item comes too late.
      return jobs.createChild(endedUnstarted(key, parent.get().spec(), stop));
    }
    ArrayPage stopped = page.stopUnstarted(key.index(), stop);
    if (!stopped.differsFrom(page)) {
      return true;
    }
    // While the array waits, its own next write is the end or the beginning of all its children:
    // of two writes, one for each, nothing would say which came first, and both would be told.
    return parent.get().state() instanceof JobState.Pending
        ? jobs.savePage(stopped, parent.get())
        : jobs.savePage(stopped);
  }

  /** The item of a child that was handed over in its page and never placed. */
  static Job endedUnstarted(JobKey key, JobSpec spec, StopRequest stop) {
    JobState ended = new JobState.Ended(false, stop.reason(), stop.at());
    return new Job(key, spec, ended, List.of(), 0, stop, 1);
  }
}
