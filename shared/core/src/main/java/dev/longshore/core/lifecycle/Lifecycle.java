package dev.longshore.core.lifecycle;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.StopRequest.Kind;
import dev.longshore.core.retry.Backoff;
import dev.longshore.core.retry.RetryDecision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The only place where a job changes ({@code batch-semantics} 3, 9 to 11). Pure: same job, event
 * and time, same step. Late, repeated and reordered events are ignored; terminal is terminal.
 */
public final class Lifecycle {
  private Lifecycle() {}

  /**
   * What {@code event} does to {@code job}.
   *
   * @param now epoch ms
   */
  public static Step apply(Job job, JobEvent event, long now) {
    if (job.state() instanceof JobState.Ended && !beginsAgain(job, event)) {
      return new Step.Ignored("the job is over");
    }
    return switch (event) {
      case JobEvent.DependenciesMet met -> dependenciesMet(job, met.targets());
      case JobEvent.DependencyFailed failed -> dependencyFailed(job, failed.target(), now);
      case JobEvent.Placed placed ->
          isNode(job) ? nodePlaced(job, placed.dispatch()) : placed(job, placed.dispatch(), now);
      case JobEvent.DispatchUndone undone -> undone(job, undone.attempt(), now);
      case JobEvent.TaskStarted started -> started(job, started);
      case JobEvent.TaskStopped stopped -> stopped(job, stopped, now);
      case JobEvent.StopRequested requested -> stopRequested(job, requested.stop(), now);
      case JobEvent.TimeoutPassed passed -> timeoutPassed(job, passed.attempt(), now);
      case JobEvent.ChildrenClosed closed -> childrenClosed(job, closed.allSucceeded(), now);
    };
  }

  private static Step dependenciesMet(Job job, Set<JobId> targets) {
    if (!(job.state() instanceof JobState.Pending pending)) {
      return new Step.Ignored("it does not wait");
    }
    Set<JobId> left = new LinkedHashSet<>(pending.waits());
    if (!left.removeAll(targets)) {
      return new Step.Ignored("it does not wait for these");
    }
    if (!left.isEmpty()) {
      return new Step.Changed(job.in(new JobState.Pending(left)));
    }
    JobState next = job.isArrayParent() ? new JobState.Open() : new JobState.Runnable(0);
    return new Step.Changed(job.in(next));
  }

  private static Step dependencyFailed(Job job, JobId target, long now) {
    if (!(job.state() instanceof JobState.Pending pending) || !pending.waits().contains(target)) {
      return new Step.Ignored("it does not wait for this");
    }
    return new Step.Changed(job.in(failed(Reasons.DEPENDENCY_FAILED, now)));
  }

  private static Step placed(Job job, Dispatch dispatch, long now) {
    if (!(job.state() instanceof JobState.Runnable runnable)) {
      return new Step.Ignored("it is not RUNNABLE");
    }
    if (job.stop() != null) {
      return new Step.Ignored("it was told to stop");
    }
    if (runnable.notBefore() > now) {
      return new Step.Ignored("its back-off is not over");
    }
    NodeGroups nodes = job.spec().nodes();
    if (dispatch.gang().size() != (nodes == null ? 0 : nodes.count())) {
      return new Step.Ignored("it needs a host for each of its nodes");
    }
    if (dispatch.attempt() != job.currentAttempt() || dispatch.dispatch() != job.nextDispatch()) {
      return new Step.Ignored("the placement was for another dispatch");
    }
    Job next = job.in(new JobState.Starting(dispatch, null));
    return new Step.Changed(withDispatches(next, job.nextDispatch() + 1));
  }

  private static boolean isNode(Job job) {
    return job.key().member() == JobKey.Member.NODE;
  }

  /** What has ended stays so, but a retry of a multi-node job begins all its nodes again. */
  private static boolean beginsAgain(Job job, JobEvent event) {
    return isNode(job) && event instanceof JobEvent.Placed;
  }

  /** A node begins with each placement of its job, and with each but once. */
  private static Step nodePlaced(Job node, Dispatch dispatch) {
    boolean waits = node.state() instanceof JobState.Runnable;
    boolean over = node.state() instanceof JobState.Ended;
    boolean known = node.attempts().stream().anyMatch(past -> !isLater(dispatch, past.dispatch()));
    if ((!waits && !over) || known) {
      return new Step.Ignored("the node was placed then already");
    }
    return new Step.Changed(
        new Job(
            node.key(),
            node.spec(),
            new JobState.Starting(dispatch, null),
            node.attempts(),
            0,
            null,
            node.version() + 1));
  }

  private static boolean isLater(Dispatch dispatch, Dispatch past) {
    return dispatch.attempt() > past.attempt()
        || (dispatch.attempt() == past.attempt() && dispatch.dispatch() > past.dispatch());
  }

  private static Step undone(Job job, AttemptKey attempt, long now) {
    if (!(job.state() instanceof JobState.Starting) || isNode(job) || !isLive(job, attempt)) {
      return new Step.Ignored("this dispatch is not being started");
    }
    StopRequest stop = job.stop();
    return new Step.Changed(
        job.in(stop == null ? new JobState.Runnable(0) : failed(stop.reason(), now)));
  }

  private static Step started(Job job, JobEvent.TaskStarted event) {
    if (!(job.state() instanceof JobState.Starting starting) || !isLive(job, event.attempt())) {
      return new Step.Ignored("this dispatch is not being started");
    }
    return new Step.Changed(
        job.in(new JobState.Running(starting.dispatch(), event.task(), event.startedAt())));
  }

  private static Step stopped(Job job, JobEvent.TaskStopped event, long now) {
    Optional<Dispatch> dispatch = job.dispatch();
    if (dispatch.isEmpty() || !isLive(job, event.attempt())) {
      return new Step.Ignored("this dispatch is not live");
    }
    TaskEnd end = event.end();
    StopRequest stop = job.stop();
    // Once a stop was asked for it wins, also over an exit with 0 (batch-semantics 10, 11).
    String reason = stop == null ? end.statusReason() : stop.reason();
    String task = event.task() != null ? event.task() : job.task().orElse(null);
    Attempt over = attempt(job, dispatch.get(), task, end, reason);
    // Only the last one need say where its nodes were: those of earlier ones are over.
    List<Attempt> attempts = new ArrayList<>();
    job.attempts().forEach(attempt -> attempts.add(attempt.withoutGang()));
    attempts.add(over);
    JobState next = afterAttempt(job, end, over, attempts.size(), now);
    return new Step.Changed(
        new Job(job.key(), job.spec(), next, attempts, 0, stop, job.version() + 1));
  }

  private static JobState afterAttempt(
      Job job, TaskEnd end, Attempt over, int attemptsOver, long now) {
    String reason = over.statusReason();
    JobState failed = failed(reason, over.stoppedAt());
    Integer exitCode = end.exitCode();
    if (job.stop() != null) {
      boolean enough = job.stop().reason().equals(Reasons.MAIN_NODE_ENDED);
      return enough && exitCode != null && exitCode == 0
          ? new JobState.Ended(true, Reasons.EXITED, over.stoppedAt())
          : failed;
    }
    if (end.cause() == TaskEnd.Cause.EXITED && exitCode != null && exitCode == 0) {
      return new JobState.Ended(true, reason, over.stoppedAt());
    }
    if (isNode(job)) {
      // Whether there is another attempt is decided for all nodes by the main one.
      return failed;
    }
    boolean again =
        RetryDecision.retries(job.spec().retry(), attemptsOver, reason, end.reason(), exitCode);
    return again ? new JobState.Runnable(notBefore(end, attemptsOver, now)) : failed;
  }

  private static long notBefore(TaskEnd end, int attemptsOver, long now) {
    long delay =
        end.cause() == TaskEnd.Cause.FAILED_TO_START ? Backoff.startFailureMillis(attemptsOver) : 0;
    return delay == 0 ? 0 : now + delay;
  }

  private static Attempt attempt(
      Job job, Dispatch dispatch, @Nullable String task, TaskEnd end, String reason) {
    long startedAt =
        job.state() instanceof JobState.Running running ? running.startedAt() : end.startedAt();
    // Two clocks may have told the two times; an attempt does not end before it started.
    long stoppedAt = Math.max(startedAt, end.stoppedAt());
    return new Attempt(
        dispatch,
        task,
        startedAt,
        stoppedAt,
        end.exitCode(),
        end.reason(),
        reason,
        end.containers());
  }

  private static Step stopRequested(Job job, StopRequest wish, long now) {
    StopRequest before = job.stop();
    // The wish may be the older one of its array. When this job was told is what decides whether a
    // start of it can still be on its way.
    StopRequest stop = new StopRequest(wish.kind(), wish.reason(), now);
    return switch (job.state()) {
      case JobState.Pending _, JobState.Runnable _ ->
          new Step.Changed(withStop(job.in(failed(stop.reason(), now)), stop));
      case JobState.Open open -> {
        boolean stronger =
            before == null || (before.kind() == Kind.CANCEL && stop.kind() != Kind.CANCEL);
        yield stronger
            ? new Step.Changed(withStop(job.in(open), stop))
            : new Step.Ignored("its children were told to stop already");
      }
      case JobState.Starting _, JobState.Running _ -> {
        if (stop.kind() == Kind.CANCEL) {
          yield new Step.Ignored("a cancel does not reach what has started");
        }
        yield before == null
            ? new Step.Changed(withStop(job.in(job.state()), stop))
            : new Step.Ignored("it was told to stop already");
      }
      case JobState.Ended _ -> new Step.Ignored("the job is over");
    };
  }

  private static Step timeoutPassed(Job job, AttemptKey attempt, long now) {
    if (!(job.state() instanceof JobState.Running running)
        || isNode(job)
        || !isLive(job, attempt)) {
      return new Step.Ignored("this attempt does not run");
    }
    long seconds = job.spec().timeoutSeconds();
    if (seconds == 0 || now < running.startedAt() + seconds * 1000) {
      return new Step.Ignored("it is not due");
    }
    if (job.stop() != null) {
      return new Step.Ignored("it was told to stop already");
    }
    StopRequest stop = new StopRequest(Kind.TIMEOUT, Reasons.TIMEOUT, now);
    return new Step.Changed(withStop(job.in(running), stop));
  }

  private static Step childrenClosed(Job job, boolean allSucceeded, long now) {
    if (!(job.state() instanceof JobState.Open)) {
      return new Step.Ignored("it is no open array");
    }
    StopRequest stop = job.stop();
    if (allSucceeded) {
      return new Step.Changed(job.in(new JobState.Ended(true, "", now)));
    }
    return new Step.Changed(
        job.in(failed(stop == null ? Reasons.CHILD_FAILED : stop.reason(), now)));
  }

  private static boolean isLive(Job job, AttemptKey attempt) {
    return job.liveAttempt().filter(attempt::equals).isPresent();
  }

  private static JobState.Ended failed(String reason, long now) {
    return new JobState.Ended(false, reason, now);
  }

  private static Job withDispatches(Job job, int nextDispatch) {
    return new Job(
        job.key(),
        job.spec(),
        job.state(),
        job.attempts(),
        nextDispatch,
        job.stop(),
        job.version());
  }

  private static Job withStop(Job job, StopRequest stop) {
    return new Job(
        job.key(),
        job.spec(),
        job.state(),
        job.attempts(),
        job.nextDispatch(),
        stop,
        job.version());
  }
}
