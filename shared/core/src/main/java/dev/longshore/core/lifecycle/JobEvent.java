package dev.longshore.core.lifecycle;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.StopRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can happen to a job. */
public sealed interface JobEvent {

  /** These jobs, which it waited for, SUCCEEDED. */
  record DependenciesMet(Set<JobId> targets) implements JobEvent {
    public DependenciesMet {
      targets = Set.copyOf(targets);
    }
  }

  /** A job it waited for FAILED, or is gone. */
  record DependencyFailed(JobId target) implements JobEvent {}

  /** Room was reserved for its next attempt. */
  record Placed(Dispatch dispatch) implements JobEvent {}

  /** The host did not take it after all; not an attempt. */
  record DispatchUndone(AttemptKey attempt) implements JobEvent {}

  /**
   * Its task runs.
   *
   * @param task ECS task ID
   * @param startedAt epoch ms
   */
  record TaskStarted(AttemptKey attempt, String task, long startedAt) implements JobEvent {}

  /**
   * Its task is over, or will never be.
   *
   * @param task ECS task ID, when one was seen
   * @param end how it ended
   */
  record TaskStopped(AttemptKey attempt, @Nullable String task, TaskEnd end) implements JobEvent {}

  /** Somebody wants it to end. */
  record StopRequested(StopRequest stop) implements JobEvent {}

  /** The attempt may have run too long; the lifecycle checks the time itself. */
  record TimeoutPassed(AttemptKey attempt) implements JobEvent {}

  /** No child of the array is open any more. */
  record ChildrenClosed(boolean allSucceeded) implements JobEvent {}
}
