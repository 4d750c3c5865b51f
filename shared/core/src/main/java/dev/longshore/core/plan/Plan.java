package dev.longshore.core.plan;

import java.util.List;
import java.util.Set;

/**
 * What a round decided. Each job of each demand is in exactly one of the lists.
 *
 * @param placements in the order in which they were decided: more important ones first
 * @param holds in the same order
 * @param gangs multi-node jobs, all nodes of each; in the same order
 * @param promises at most one for each queue; in the order of the queues
 * @param spare names of environments in which room is left on a host that is kept for nobody
 */
public record Plan(
    List<Placement> placements,
    List<Hold> holds,
    List<GangPlacement> gangs,
    List<Promise> promises,
    Set<String> spare) {

  /** A plan without multi-node jobs that leaves no room. */
  public Plan(List<Placement> placements, List<Hold> holds) {
    this(placements, holds, List.of(), List.of(), Set.of());
  }

  /**
   * vCPUs below an environment's maximum that are for hosts which the first job of a queue lacks:
   * who comes behind it may not launch on them ({@code docs/decisions/0017}).
   *
   * @param demand place of that job's demand in the snapshot's list
   * @param environment its name
   * @param vcpus how many must be free, at least 1, for all that it lacks
   */
  public record Promise(int demand, String environment, int vcpus) {}

  public Plan {
    gangs = List.copyOf(gangs);
    placements = List.copyOf(placements);
    holds = List.copyOf(holds);
    promises = List.copyOf(promises);
    spare = Set.copyOf(spare);
  }
}
