package dev.longshore.core.lifecycle;

import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.HostId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended ({@code batch-semantics} 5, 20.1).
 *
 * @param cause the class of end, which decides about back-off
 * @param statusReason the attempt's status reason, unless a stop request has its own
 * @param exitCode of the container, absent when none is known
 * @param reason the container-level text, at most 255 characters
 * @param startedAt epoch ms, 0 when it never ran
 * @param stoppedAt epoch ms
 * @param containers of a task of several, how each of them ended; empty for a task of one
 */
public record TaskEnd(
    Cause cause,
    String statusReason,
    @Nullable Integer exitCode,
    @Nullable String reason,
    long startedAt,
    long stoppedAt,
    List<ContainerEnd> containers) {

  /** Classes of ends. */
  public enum Cause {
    /** The container ended, with any exit code. */
    EXITED,
    /** It never ran: image, entry point, secrets, network. */
    FAILED_TO_START,
    /** The host went away under it. */
    HOST_LOST,
    /** It was told to stop. */
    STOPPED
  }

  private static final int REASON_LIMIT = 255;

  public TaskEnd {
    if (reason != null && reason.length() > REASON_LIMIT) {
      reason = reason.substring(0, REASON_LIMIT);
    }
    containers = List.copyOf(containers);
  }

  /** Of a task of one container. */
  public TaskEnd(
      Cause cause,
      String statusReason,
      @Nullable Integer exitCode,
      @Nullable String reason,
      long startedAt,
      long stoppedAt) {
    this(cause, statusReason, exitCode, reason, startedAt, stoppedAt, List.of());
  }

  /** The same with how each of its containers ended. */
  public TaskEnd with(List<ContainerEnd> ends) {
    return new TaskEnd(cause, statusReason, exitCode, reason, startedAt, stoppedAt, ends);
  }

  /** The container ended by itself. */
  public static TaskEnd exited(
      @Nullable Integer exitCode, @Nullable String reason, long startedAt, long stoppedAt) {
    return new TaskEnd(Cause.EXITED, Reasons.EXITED, exitCode, reason, startedAt, stoppedAt);
  }

  /** It never ran. */
  public static TaskEnd failedToStart(@Nullable String reason, long at) {
    return new TaskEnd(Cause.FAILED_TO_START, Reasons.FAILED_TO_START, null, reason, 0, at);
  }

  /** The host went away. */
  public static TaskEnd hostLost(HostId host, long startedAt, long at) {
    return new TaskEnd(Cause.HOST_LOST, Reasons.hostLost(host), null, null, startedAt, at);
  }
}
