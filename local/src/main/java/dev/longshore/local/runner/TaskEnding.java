package dev.longshore.local.runner;

import dev.longshore.core.model.ContainerEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended.
 *
 * @param cause the class of end
 * @param exitCode of the main process, 128 + signal when a signal ended it; absent when unknown
 * @param reason the container-level text, absent for a normal end
 * @param startedAt epoch ms, 0 when it never ran
 * @param stoppedAt epoch ms
 * @param containers of a task of several, how each of them ended; empty for a task of one
 */
public record TaskEnding(
    Cause cause,
    @Nullable Integer exitCode,
    @Nullable String reason,
    long startedAt,
    long stoppedAt,
    List<ContainerEnd> containers) {
  public TaskEnding {
    containers = List.copyOf(containers);
  }

  /** Classes of ends. */
  public enum Cause {
    /** The main process ended, by itself or by a signal. */
    EXITED,
    /** It never ran. */
    FAILED_TO_START,
    /** It is gone and nobody knows how it ended. */
    LOST
  }

  static TaskEnding exited(int exitCode, @Nullable String reason, long startedAt, long stoppedAt) {
    return new TaskEnding(Cause.EXITED, exitCode, reason, startedAt, stoppedAt, List.of());
  }

  static TaskEnding failedToStart(String reason, long at) {
    return new TaskEnding(Cause.FAILED_TO_START, null, reason, 0, at, List.of());
  }

  static TaskEnding lost(long startedAt, long at) {
    return new TaskEnding(Cause.LOST, null, null, startedAt, at, List.of());
  }

  /** The same for a task of several containers. */
  TaskEnding with(List<ContainerEnd> ends, long firstStartedAt, long lastStoppedAt) {
    return new TaskEnding(cause, exitCode, reason, firstStartedAt, lastStoppedAt, ends);
  }
}
