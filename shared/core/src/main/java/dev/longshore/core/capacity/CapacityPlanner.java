package dev.longshore.core.capacity;

import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.InstanceTypes;
import java.time.Duration;

/**
 * Decides which hosts to launch and which to drain ({@code batch-semantics} 17.5, 17.6). It asks
 * the same planner that places jobs, about a supposed world: hosts that boot are there, and so are
 * those that it is about to launch. The same snapshot gives the same plan.
 *
 * <ul>
 *   <li>Demand that finds no room is met in the order of the plan, each by the first environment of
 *       its queue that may grow, with the type that is cheapest for all jobs of that shape.
 *   <li>vCPUs of all hosts and launches under way stay within the maximum; one last host may pass
 *       it, but not with BEST_FIT on On-Demand.
 *   <li>{@code minvCpus} is kept, also when disabled. {@code desiredvCpus} is a start value: for
 *       ten minutes from its creation, or from the update that raised it, an environment is filled
 *       up to it and not drained below it, afterwards it means nothing.
 *   <li>A host that has been idle for too long is drained unless the planner has work for it or the
 *       minimum needs it; at once when it stands in the way of demand that it can not take.
 * </ul>
 */
public final class CapacityPlanner {
  /** How long a host may be idle unless told otherwise. */
  public static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

  /** How long a host may take to register; after that its launch has failed. */
  public static final Duration BOOT_LIMIT = Duration.ofMinutes(10);

  private final Duration idleLimit;

  /** With the default idle limit. */
  public CapacityPlanner() {
    this(DEFAULT_IDLE);
  }

  /** With another idle limit. */
  public CapacityPlanner(Duration idleLimit) {
    this.idleLimit = idleLimit;
  }

  /** Plans one round. */
  public CapacityPlan plan(Snapshot snapshot, InstanceTypes types) {
    SupposedWorld world = new SupposedWorld(snapshot, types);
    Plan supposed = world.meetDemand();
    world.keepMinimum();
    Drains drains = new Drains(snapshot, world.supplies(), idleLimit.toMillis());
    return new CapacityPlan(
        world.launches(),
        drains.choose(world.needed(), world.unmet()),
        world.expired(),
        world.unmet(),
        supposed);
  }
}
