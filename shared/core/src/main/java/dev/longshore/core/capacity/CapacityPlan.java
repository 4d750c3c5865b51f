package dev.longshore.core.capacity;

import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Plan;
import java.util.List;

/**
 * What a capacity round decided.
 *
 * @param launches what to launch, most important first; at most one for each environment and type
 * @param drains hosts that take no more jobs and go when they are empty. All are empty but those of
 *     an environment that is being deleted
 * @param expired hosts that were launched and never registered in time: failed joins, to be
 *     terminated
 * @param unmet demand for which an environment launches nothing, and why not
 * @param supposed where jobs would be, and which would wait, if all launches were hosts already
 */
public record CapacityPlan(
    List<Launch> launches,
    List<HostId> drains,
    List<HostId> expired,
    List<Unmet> unmet,
    Plan supposed) {
  public CapacityPlan {
    launches = List.copyOf(launches);
    drains = List.copyOf(drains);
    expired = List.copyOf(expired);
    unmet = List.copyOf(unmet);
  }

  /**
   * A launch to ask for.
   *
   * @param environment name of the compute environment
   * @param instanceType one instance type
   * @param count how many hosts
   * @param vcpus of one of them
   */
  public record Launch(String environment, String instanceType, int count, int vcpus) {}

  /**
   * Jobs that an environment was asked to launch for in vain.
   *
   * @param environment name of the compute environment
   * @param queue whose jobs
   * @param shape what one of them asks for
   * @param count how many were left when the environment was asked
   * @param why what is in the way
   */
  public record Unmet(String environment, String queue, Shape shape, int count, Why why) {}

  /** What is in the way of a launch. */
  public enum Why {
    /** Users register the hosts of this environment. */
    UNMANAGED,
    /** Disabled, invalid, or on its way in or out. */
    TAKES_NO_JOBS,
    /** No instance type of it is large enough under its maximum. */
    NO_TYPE_FITS,
    /** It has as many vCPUs as it may. */
    MAX_VCPUS,
    /** Idle hosts leave no room for as many as a multi-node job needs at once. */
    IDLE_HOSTS,
    /** Every type that fits was refused a moment ago. */
    SHORTAGE
  }
}
