package dev.longshore.core.usecase;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ECS, EC2 or the local runners report. At least once, in any order. */
public sealed interface Observation {

  /**
   * A task runs.
   *
   * @param task ECS task ID
   * @param startedAt epoch ms
   */
  record TaskRunning(AttemptKey attempt, HostId host, String task, long startedAt)
      implements Observation {}

  /**
   * A task has stopped.
   *
   * @param task ECS task ID
   * @param cause why
   * @param exitCode of the container, absent when none is known
   * @param reason the container-level text
   * @param stoppedReason the task-level text
   * @param startedAt epoch ms, 0 when it never ran
   * @param stoppedAt epoch ms
   * @param containers of a task of several, how each of them ended; empty for a task of one
   */
  record TaskStopped(
      AttemptKey attempt,
      String task,
      StopCause cause,
      @Nullable Integer exitCode,
      @Nullable String reason,
      @Nullable String stoppedReason,
      long startedAt,
      long stoppedAt,
      List<ContainerEnd> containers)
      implements Observation {
    public TaskStopped {
      containers = List.copyOf(containers);
    }

    /** Of a task of one container. */
    public TaskStopped(
        AttemptKey attempt,
        String task,
        StopCause cause,
        @Nullable Integer exitCode,
        @Nullable String reason,
        @Nullable String stoppedReason,
        long startedAt,
        long stoppedAt) {
      this(attempt, task, cause, exitCode, reason, stoppedReason, startedAt, stoppedAt, List.of());
    }
  }

  /**
   * A host registered or reconnected.
   *
   * @param containerInstance ECS container instance ID
   * @param instanceType EC2 instance type
   * @param capacity registered vCPUs, MiB and GPUs
   * @param at epoch ms when that was so
   */
  record HostActive(
      HostId host, String containerInstance, String instanceType, Shape capacity, long at)
      implements Observation {}

  /** A host was terminated, by whomever. */
  record HostGone(HostId host) implements Observation {}

  /**
   * Spot capacity is taken back: the host ends two minutes after this was said.
   *
   * @param at epoch ms
   */
  record HostReclaimed(HostId host, long at) implements Observation {}

  /** Contact with a host was lost; what runs on it goes on, as far as anybody knows. */
  record HostUnreachable(HostId host) implements Observation {}

  /** Why a task stopped ({@code batch-semantics} 20.1). */
  enum StopCause {
    EXITED,
    FAILED_TO_START,
    HOST_LOST,
    /** Somebody called StopTask, we or a user. */
    STOPPED_BY_US
  }
}
