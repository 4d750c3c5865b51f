package dev.longshore.core.model;

import java.util.Set;

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
    pairs = Set.copyOf(pairs);
  }

  /** True when children wait for other children. */
  public boolean isAny() {
    return sequential || !pairs.isEmpty();
  }
}
