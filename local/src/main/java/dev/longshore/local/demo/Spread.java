package dev.longshore.local.demo;

import java.util.Arrays;
import java.util.Collection;

/** Percentiles of measured values, by nearest rank. */
public final class Spread {
  private final double[] sorted;

  private Spread(double[] sorted) {
    this.sorted = sorted;
  }

  /** Of these values, in any order. */
  public static Spread of(Collection<? extends Number> values) {
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  /** How many values there are. */
  public int count() {
    return sorted.length;
  }

  /** The smallest value that {@code percent} of 100 of the values do not exceed; 0 of none. */
  public double percentile(double percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  /** The middle one. */
  public double median() {
    return percentile(50);
  }

  /** The largest one. */
  public double max() {
    return percentile(100);
  }
}
