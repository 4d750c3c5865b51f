package dev.longshore.core.plan;

import java.util.List;

/**
 * What a round decided. Each job of each demand is in exactly one of the lists.
 *
 * @param placements in the order in which they were decided: more important ones first
 * @param holds in the same order
 * @param gangs multi-node jobs, all nodes of each; in the same order
 */
public record Plan(List<Placement> placements, List<Hold> holds, List<GangPlacement> gangs) {

  /** A plan without multi-node jobs. */
  public Plan(List<Placement> placements, List<Hold> holds) {
    this(placements, holds, List.of());
  }

  public Plan {
    gangs = List.copyOf(gangs);
    placements = List.copyOf(placements);
    holds = List.copyOf(holds);
  }
}
