package dev.longshore.core.model;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job with the data that only this state has, so that "running without a host"
 * cannot be written down.
 */
public sealed interface JobState {
  /** What clients see. */
  JobStatus status();

  /** Waits for other jobs; never empty. */
  record Pending(Set<JobId> waits) implements JobState {
    public Pending {
      waits = Collections.unmodifiableSet(new TreeSet<>(waits));
    }

    @Override
    public JobStatus status() {
      return JobStatus.PENDING;
    }
  }

  /**
   * May be placed.
   *
   * @param notBefore epoch ms before which no host is sought (back-off of a retry), 0 for at once
   */
  @SuppressWarnings("AvoidCommonTypeNames") // the service's own word
  record Runnable(long notBefore) implements JobState {
    @Override
    public JobStatus status() {
      return JobStatus.RUNNABLE;
    }
  }

  /** The parent of an array whose children live their own lives; it waits for the last of them. */
  record Open() implements JobState {
    @Override
    public JobStatus status() {
      return JobStatus.PENDING;
    }
  }

  /**
   * Room is reserved and the task is being started.
   *
   * @param task ECS task ID, when already known
   */
  record Starting(Dispatch dispatch, @Nullable String task) implements JobState {
    @Override
    public JobStatus status() {
      return JobStatus.STARTING;
    }
  }

  /**
   * The task runs.
   *
   * @param startedAt epoch ms
   */
  record Running(Dispatch dispatch, String task, long startedAt) implements JobState {
    @Override
    public JobStatus status() {
      return JobStatus.RUNNING;
    }
  }

  /**
   * Over, for good.
   *
   * @param succeeded SUCCEEDED or FAILED
   * @param reason the job's final status reason
   * @param stoppedAt epoch ms
   */
  record Ended(boolean succeeded, String reason, long stoppedAt) implements JobState {
    @Override
    public JobStatus status() {
      return succeeded ? JobStatus.SUCCEEDED : JobStatus.FAILED;
    }
  }
}
