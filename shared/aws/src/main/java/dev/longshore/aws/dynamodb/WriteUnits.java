package dev.longshore.aws.dynamodb;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts write units by kind: what the store reports, and what it does not report for writes whose
 * condition failed. Safe for use by many threads.
 */
public final class WriteUnits {
  private final Map<WriteKind, Count> counts = new EnumMap<>(WriteKind.class);

  /**
   * What was written of one kind.
   *
   * @param writes those that happened
   * @param refused those whose condition failed
   * @param elements what was folded into the writes that happened: reservations, children of a
   *     page, otherwise one each
   * @param units table and index units of both
   */
  public record Count(long writes, long refused, long elements, double units) {
    static final Count NONE = new Count(0, 0, 0, 0);

    Count plus(Count other) {
      return new Count(
          writes + other.writes,
          refused + other.refused,
          elements + other.elements,
          units + other.units);
    }

    /** Elements per write, 0 without writes. */
    public double folding() {
      return writes == 0 ? 0 : (double) elements / writes;
    }
  }

  synchronized void written(WriteKind kind, double units, int elements) {
    counts.merge(kind, new Count(1, 0, elements, units), Count::plus);
  }

  synchronized void refused(WriteKind kind, double units) {
    counts.merge(kind, new Count(0, 1, 0, units), Count::plus);
  }

  /**
   * What was counted since the start or the last {@link #reset}; kinds without writes are missing.
   */
  public synchronized Map<WriteKind, Count> snapshot() {
    return Map.copyOf(counts);
  }

  /** Units of all kinds together. */
  public synchronized double total() {
    return counts.values().stream().mapToDouble(Count::units).sum();
  }

  /** Starts again from nothing. */
  public synchronized void reset() {
    counts.clear();
  }
}
