package dev.longshore.core.model;

import dev.longshore.core.model.LineEntry.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far rounds have looked in a queue behind the jobs that all rounds look at, for some that can
 * use what those can not ({@code docs/decisions/0004}). A hint: when it is lost, they begin again.
 *
 * @param queue name of the queue
 * @param reader which rounds
 * @param lane the next look begins in this lane; absent for the beginning
 * @param after the next look begins behind this place of that lane; absent for its beginning
 * @param at epoch ms of the last look, which found nothing; 0 when there was none
 */
public record LineSearch(
    String queue, Reader reader, @Nullable LaneKey lane, @Nullable Position after, long at) {

  /** Who looks. */
  public enum Reader {
    /** Scheduling rounds, for what starts now. */
    SCHEDULER,
    /** Capacity rounds, for what hosts are to be launched for. */
    CAPACITY
  }

  /** From the beginning, at any time. */
  public static LineSearch none(String queue, Reader reader) {
    return new LineSearch(queue, reader, null, null, 0);
  }
}
