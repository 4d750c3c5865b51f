package dev.longshore.core.model;

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
 */
public record Attempt(
    Dispatch dispatch,
    @Nullable String task,
    long startedAt,
    long stoppedAt,
    @Nullable Integer exitCode,
    @Nullable String reason,
    String statusReason) {

  /** The same without the hosts of the nodes of a multi-node job. */
  public Attempt withoutGang() {
    return new Attempt(
        dispatch.withoutGang(), task, startedAt, stoppedAt, exitCode, reason, statusReason);
  }
}
