package dev.longshore.core.plan;

/**
 * Why the jobs of a demand that were not placed wait. It stays the same while nothing changes.
 *
 * @param demand place of the demand in the snapshot's list
 * @param count how many of its jobs; all that wait for room are before those that wait for a
 *     consumable resource
 * @param reason what kind of reason
 * @param detail where and what, as a sentence or a part of one
 */
public record Hold(int demand, int count, Reason reason, String detail) {
  /** The complete text for {@code statusReason}. */
  public String text() {
    return reason.text(detail);
  }
}
