package dev.longshore.core.retry;

/**
 * How long a job waits after an attempt that failed to start ({@code batch-semantics} 9). After an
 * ordinary exit and after the loss of a host the next attempt may start at once.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 5_000;
  private static final long LONGEST_MILLIS = 60_000;

  private Backoff() {}

  /**
   * Milliseconds from the end of the last attempt: 5 s after the first, doubled with each further
   * one, at most 60 s.
   *
   * @param attemptsOver attempts that have ended, the last one included; at least 1
   */
  public static long startFailureMillis(int attemptsOver) {
    int doublings = Math.clamp(attemptsOver - 1, 0, 10);
    return Math.min(LONGEST_MILLIS, FIRST_MILLIS << doublings);
  }
}
