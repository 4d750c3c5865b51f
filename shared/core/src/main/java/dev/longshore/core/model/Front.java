package dev.longshore.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The job that stands first among those of a queue that wait.
 *
 * @param job which
 * @param since epoch ms since when it stands first
 * @param reason first part of the reason for which it waits, if the queue has a time limit for that
 *     reason; otherwise empty
 * @param reasonSince epoch ms since when it stands first for that reason; 0 without one
 * @param awaySince epoch ms since when the reason is another one, for a moment; 0 while it holds
 * @param blockage that it blocks the queue, absent while it does not
 */
public record Front(
    JobKey job,
    long since,
    String reason,
    long reasonSince,
    long awaySince,
    @Nullable Blockage blockage) {

  /** A head that does not block its queue. */
  public Front(JobKey job, long since, String reason, long reasonSince, long awaySince) {
    this(job, since, reason, reasonSince, awaySince, null);
  }

  /**
   * The head of a queue cannot be placed, and not for want of patience.
   *
   * @param reason complete text for {@code statusReason}, as it was told last
   * @param since epoch ms since when it is so
   * @param toldAt epoch ms at which it was found, or found again, to be told to the world
   */
  public record Blockage(String reason, long since, long toldAt) {}

  /** The same head, and whether it blocks the queue. */
  public Front with(@Nullable Blockage other) {
    return new Front(job, since, reason, reasonSince, awaySince, other);
  }
}
