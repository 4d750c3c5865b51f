package dev.longshore.core.plan;

import dev.longshore.core.port.InstanceTypes;

/**
 * Decides which waiting jobs go to which hosts and why the others wait ({@code batch-semantics}
 * 13). The same snapshot gives the same plan.
 *
 * <ul>
 *   <li>Queues are served by priority, then by name; inside a queue retried jobs come first, then
 *       submission order; in a fair-share queue that is the order inside a share, and the shares
 *       take turns ({@link Turns}).
 *   <li>The environments of a queue are filled in its order; only those that take jobs, only ACTIVE
 *       hosts that are not suspect.
 *   <li>Jobs behind one that does not fit may start (backfill), but on the host that the first such
 *       job of each queue waits for ({@code docs/decisions/0017}).
 * </ul>
 *
 * Cost grows with shapes times hosts, not with jobs times hosts.
 */
public final class Planner {
  private final InstanceTypes types;

  /** The types say what could ever be launched, for the reasons why jobs wait. */
  public Planner(InstanceTypes types) {
    this.types = types;
  }

  /** Plans one round. */
  public Plan plan(Snapshot snapshot) {
    return new Round(snapshot, types).plan();
  }
}
