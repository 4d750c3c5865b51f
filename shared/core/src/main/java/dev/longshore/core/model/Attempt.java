package dev.longshore.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is over.
 *
 * @param dispatch where it was sent
 * @param task ECS task ID, when one was seen
 * @param startedAt epoch ms, 0 when it never ran
 * @param stoppedAt epoch ms
 * @param exitCode of the container, absent when none is known (host lost, never started)
 * @param reason the container-level text, at most 255 characters
 * @param statusReason why the attempt ended
 * @param containers of a task of several, how each of them ended; empty for a task of one
 */
public record Attempt(
    Dispatch dispatch,
    @Nullable String task,
    long startedAt,
    long stoppedAt,
    @Nullable Integer exitCode,
    @Nullable String reason,
    String statusReason,
    List<ContainerEnd> containers) {
  public Attempt {
    containers = List.copyOf(containers);
  }

  /** Of a task of one container. */
  public Attempt(
      Dispatch dispatch,
      @Nullable String task,
      long startedAt,
      long stoppedAt,
      @Nullable Integer exitCode,
      @Nullable String reason,
      String statusReason) {
    this(dispatch, task, startedAt, stoppedAt, exitCode, reason, statusReason, List.of());
  }

  /** The same without the hosts of the nodes of a multi-node job. */
  public Attempt withoutGang() {
    return new Attempt(
        dispatch.withoutGang(),
        task,
        startedAt,
        stoppedAt,
        exitCode,
        reason,
        statusReason,
        containers);
  }
}
