package dev.longshore.aws.pacing;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A token bucket of this process. AWS's own buckets belong to the whole account, so this one is
 * smaller than they are, and a call may be throttled all the same.
 */
public final class Pace {
  private static final double MILLIS = 1000;

  private final double perSecond;
  private final double burst;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private double tokens;
  private long filledAt;

  /** Waits. */
  public interface Sleeper {
    /** The thread's own sleep; when it is interrupted it wakes at once. */
    Sleeper THREAD =
        wait -> {
          try {
            Thread.sleep(wait);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };

    void sleep(Duration wait);
  }

  /**
   * A full bucket.
   *
   * @param perSecond calls a second in the long run
   * @param burst calls at once after a rest
   */
  public Pace(double perSecond, int burst, InstantSource clock, Sleeper sleeper) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
    this.sleeper = sleeper;
    this.tokens = burst;
    this.filledAt = clock.millis();
  }

  /**
   * Takes the right to one call, and waits for it.
   *
   * @param most how long to wait
   * @return false when it would have taken longer; nothing is taken then
   */
  public boolean take(Duration most) {
    Duration wait;
    synchronized (this) {
      long now = Math.max(clock.millis(), filledAt);
      tokens = Math.min(burst, tokens + (now - filledAt) / MILLIS * perSecond);
      filledAt = now;
      double missing = Math.max(0, 1 - tokens);
      wait = Duration.ofMillis((long) Math.ceil(missing / perSecond * MILLIS));
      if (wait.compareTo(most) > 0) {
        return false;
      }
      // Below zero when others wait already: each waits for its own.
      tokens -= 1;
    }
    if (!wait.isZero()) {
      sleeper.sleep(wait);
    }
    return true;
  }
}
