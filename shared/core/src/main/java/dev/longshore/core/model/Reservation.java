package dev.longshore.core.model;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Room taken on a host by one dispatch of one attempt. It says whose it is, how much, and since
 * when, so that a sweep over the hosts needs no other index. Two equal reservations are one: taking
 * or releasing it twice changes nothing.
 *
 * @param attempt whose
 * @param shape how much
 * @param placedAtMinute minutes since the epoch
 * @param timeoutMinutes the attempt's timeout, rounded down to minutes, 0 for none: together with
 *     {@code placedAtMinute} a lower bound of the time at which it is due
 * @param payer stands for the share that it counts for, see {@link #payer}; 0 for none
 * @param exclusive true when nothing else may be on the host: a node of a multi-node job
 */
public record Reservation(
    AttemptKey attempt,
    Shape shape,
    int placedAtMinute,
    int timeoutMinutes,
    int payer,
    boolean exclusive) {

  /** Room that leaves the rest of the host to others. */
  public Reservation(
      AttemptKey attempt, Shape shape, int placedAtMinute, int timeoutMinutes, int payer) {
    this(attempt, shape, placedAtMinute, timeoutMinutes, payer, false);
  }

  /** Room that counts for no share. */
  public Reservation(AttemptKey attempt, Shape shape, int placedAtMinute, int timeoutMinutes) {
    this(attempt, shape, placedAtMinute, timeoutMinutes, 0);
  }

  /**
   * By job, attempt and dispatch. Whoever acts on one reservation after the other does it in this
   * order, so that the same store brings about the same writes.
   */
  public static final Comparator<Reservation> ORDER =
      Comparator.comparing((Reservation reservation) -> reservation.attempt().key())
          .thenComparingInt(reservation -> reservation.attempt().attempt())
          .thenComparingInt(reservation -> reservation.attempt().dispatch());

  /** The reservation that belongs to this dispatch of the job. */
  public static Reservation of(JobKey key, JobSpec spec, Dispatch dispatch) {
    boolean node = key.member() == JobKey.Member.NODE;
    return new Reservation(
        dispatch.keyOf(key),
        spec.shapeOf(key),
        (int) (dispatch.reservedAt() / 60_000),
        // Only the main node's time counts: it is the job's.
        node ? 0 : spec.timeoutSeconds() / 60,
        payer(spec.queue(), spec.share()),
        spec.isMultiNode());
  }

  /**
   * A number for a share of a queue, 0 for no share. Two shares of one queue have the same number
   * only by an accident of one in billions; then they are counted as one.
   */
  public static int payer(String queue, @Nullable String share) {
    if (share == null) {
      return 0;
    }
    CRC32 sum = new CRC32();
    sum.update((queue + "#" + share).getBytes(StandardCharsets.UTF_8));
    return sum.getValue() == 0 ? 1 : (int) sum.getValue();
  }

  /** Age in ms at {@code now}, at least this much and up to a minute less than the truth. */
  public long ageMillis(long now) {
    return Math.max(0, now - (placedAtMinute + 1) * 60_000L);
  }
}
