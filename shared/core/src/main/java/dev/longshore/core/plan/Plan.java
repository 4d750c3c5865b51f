package dev.longshore.core.plan;

import java.util.List;

/**
 * What a round decided. Each job of each demand is in exactly one of the two lists.
 *
 * @param placements in the order in which they were decided: more important ones first
 * @param holds in the same order
 */
public record Plan(List<Placement> placements, List<Hold> holds) {
  public Plan {
    placements = List.copyOf(placements);
    holds = List.copyOf(holds);
  }
}
