package dev.longshore.core.model;

/**
 * What one dispatch of one attempt has taken of a consumable resource. It says whose it is, how
 * much, and since when. Two equal claims are one: taking or giving it back twice changes nothing.
 *
 * @param attempt whose
 * @param quantity how much
 * @param placedAtMinute minutes since the epoch
 */
public record Claim(AttemptKey attempt, long quantity, int placedAtMinute) {

  /** The claim that belongs to this dispatch of a job with this need. */
  public static Claim of(JobKey key, Need need, Dispatch dispatch) {
    return new Claim(dispatch.keyOf(key), need.quantity(), (int) (dispatch.placedAt() / 60_000));
  }

  /** Age in ms at {@code now}, at least this much and up to a minute less than the truth. */
  public long ageMillis(long now) {
    return Math.max(0, now - (placedAtMinute + 1) * 60_000L);
  }
}
