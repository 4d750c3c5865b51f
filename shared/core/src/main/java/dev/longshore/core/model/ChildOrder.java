package dev.longshore.core.model;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which order the children of an array may start ({@code batch-semantics} 7).
 *
 * @param pairs arrays of the same size: child {@code i} waits for child {@code i} of each (N_TO_N)
 * @param sequential true when child {@code i} waits for child {@code i - 1} of its own array
 */
public record ChildOrder(Set<JobId> pairs, boolean sequential) {
  /** All at once: what an array has when nobody says otherwise. */
  public static final ChildOrder NONE = new ChildOrder(Set.of(), false);

  public ChildOrder {
    // In one order for ever, so that a repeated round does the same in the same order.
    pairs = Collections.unmodifiableSet(new TreeSet<>(pairs));
  }

  /** True when children wait for other children. */
  public boolean isAny() {
    return sequential || !pairs.isEmpty();
  }
}
