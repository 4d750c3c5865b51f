package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.TaskRunner.KnownTask;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Repeats starts whose answer was lost and stops what was told to stop ({@code data-model} 3, 4).
 */
final class TaskCare {
  /** The client token of a start protects this long for certain. */
  private static final long SAME_CALL_MILLIS = 10 * 60_000L;

  /** A handler is cut off after this time, so a call that it is about to make is over by then. */
  private static final long IN_FLIGHT_MILLIS = 60_000;

  /** Stopped tasks are forgotten after an hour; after this, "nothing there" proves nothing. */
  private static final long KNOWN_MILLIS = 50 * 60_000L;

  /** A start that left no trace for this long, when it was told to stop, never happened. */
  private static final long NO_TRACE_MILLIS = 2 * 60_000L;

  /** An attempt must run within this time; AWS has no such limit ({@code batch-semantics} 10). */
  static final long START_LIMIT_MILLIS = 30 * 60_000L;

  private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

  private final JobStore jobs;
  private final JobWrites writes;
  private final TaskRunner runner;
  private final TaskStarter starter;
  private final WorkQueue work;
  private final InstantSource clock;

  TaskCare(
      JobStore jobs, TaskRunner runner, TaskStarter starter, WorkQueue work, InstantSource clock) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.runner = runner;
    this.starter = starter;
    this.work = work;
    this.clock = clock;
  }

  /** Starts the task of a job that is still STARTING, if that may not have happened. */
  void start(JobKey key) {
    Job job = jobs.find(key).orElse(null);
    if (job == null || !(job.state() instanceof JobState.Starting starting)) {
      return;
    }
    if (job.stop() != null) {
      stop(key);
      return;
    }
    Dispatch dispatch = starting.dispatch();
    long age = clock.millis() - dispatch.placedAt();
    if (age < SAME_CALL_MILLIS) {
      starter.startAgain(job);
      return;
    }
    if (age < SAME_CALL_MILLIS + IN_FLIGHT_MILLIS
        || !runner.tasks(dispatch.keyOf(key), dispatch.host()).isEmpty()) {
      return;
    }
    if (age < KNOWN_MILLIS) {
      starter.undo(job);
    } else {
      end(job, TaskEnd.hostLost(dispatch.host(), 0, clock.millis()));
    }
  }

  /**
   * Asks the task of a job that was told to stop to end. The sweep asks again while it is there.
   */
  void stop(JobKey key) {
    Job job = jobs.find(key).orElse(null);
    if (job == null || job.stop() == null || job.dispatch().isEmpty()) {
      return;
    }
    Dispatch dispatch = job.dispatch().get();
    AttemptKey attempt = dispatch.keyOf(key);
    String task = job.task().orElse(null);
    if (task == null) {
      List<KnownTask> known = runner.tasks(attempt, dispatch.host());
      long age = clock.millis() - Math.max(dispatch.placedAt(), job.stop().at());
      if (known.isEmpty() && age >= NO_TRACE_MILLIS) {
        end(job, TaskEnd.failedToStart(null, clock.millis()));
        return;
      }
      if (known.isEmpty()) {
        work.send(new Work.StopTask(key), ASK_AGAIN);
        return;
      }
      task = known.getLast().task();
    }
    runner.stop(attempt, dispatch.host(), task, job.stop().reason());
  }

  /** Stops a task whose attempt is no longer live, unless that changed. */
  void stopStray(Work.StopStray stray) {
    boolean live =
        jobs.find(stray.attempt().key())
            .flatMap(Job::liveAttempt)
            .filter(stray.attempt()::equals)
            .isPresent();
    if (!live) {
      runner.stop(stray.attempt(), stray.host(), stray.task(), "no longer the live attempt");
    }
  }

  /** Ends the attempt of a job whose task is nowhere to be found. */
  void lost(Job job) {
    Dispatch dispatch = job.dispatch().orElseThrow();
    end(job, TaskEnd.hostLost(dispatch.host(), 0, clock.millis()));
  }

  /** Ends an attempt that did not come to run in time. */
  void startLimitPassed(Job job) {
    Dispatch dispatch = job.dispatch().orElseThrow();
    AttemptKey attempt = dispatch.keyOf(job.key());
    for (KnownTask known : runner.tasks(attempt, dispatch.host())) {
      if (known.running()) {
        // Its end will be reported, and only then is the attempt over.
        runner.stop(attempt, dispatch.host(), known.task(), Reasons.FAILED_TO_START);
        return;
      }
    }
    end(job, TaskEnd.failedToStart("not RUNNING within 30 minutes", clock.millis()));
  }

  private void end(Job job, TaskEnd end) {
    AttemptKey attempt = job.liveAttempt().orElseThrow();
    writes.apply(
        job, new JobEvent.TaskStopped(attempt, job.task().orElse(null), end), clock.millis());
  }
}
