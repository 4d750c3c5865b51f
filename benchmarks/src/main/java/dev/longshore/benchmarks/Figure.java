package dev.longshore.benchmarks;

/**
 * A measured number.
 *
 * @param name what was measured
 * @param unit of the value, empty for a plain number
 * @param goal what it should be
 */
record Figure(String name, double value, String unit, Goal goal) {

  /** A figure with a lower limit. */
  static Figure atLeast(double limit, String name, double value, String unit) {
    return new Figure(name, value, unit, new Goal.AtLeast(limit));
  }

  /** A figure with an upper limit. */
  static Figure atMost(double limit, String name, double value, String unit) {
    return new Figure(name, value, unit, new Goal.AtMost(limit));
  }

  /** A figure to compare with. */
  static Figure plain(String name, double value, String unit) {
    return new Figure(name, value, unit, new Goal.None());
  }

  boolean isMissed() {
    return !goal.isMetBy(value);
  }

  /** {@code pass}, {@code MISS}, or empty without a goal. */
  String verdict() {
    if (goal instanceof Goal.None) {
      return "";
    }
    return isMissed() ? "MISS" : "pass";
  }
}
