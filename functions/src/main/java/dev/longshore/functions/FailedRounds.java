package dev.longshore.functions;

/** Hears of rounds that ended by an exception. */
@FunctionalInterface
public interface FailedRounds {
  /** Where nobody counts them: they are in the log. */
  FailedRounds UNCOUNTED = _ -> {};

  /**
   * One more.
   *
   * @param kind {@code scheduling} or {@code capacity}
   */
  void count(String kind);
}
