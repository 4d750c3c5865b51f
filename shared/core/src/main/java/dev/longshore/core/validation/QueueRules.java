package dev.longshore.core.validation;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.InstanceTypes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a job queue may look like ({@code batch-semantics} 2.8, 13.2). */
public final class QueueRules {
  private static final int LIMIT_SECONDS_MIN = 600;
  private static final int LIMIT_SECONDS_MAX = 86_400;

  private static final List<String> LIMIT_REASONS =
      List.of(
          "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
          "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
          "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT",
          "MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED");

  private QueueRules() {}

  /** Refuses an empty, too long or contradictory list of environments. */
  public static void checkOrder(List<String> environments, List<Integer> orders) {
    Require.that(
        !environments.isEmpty() && environments.size() <= Quotas.ENVIRONMENTS_PER_QUEUE,
        "computeEnvironmentOrder must have between 1 and %d entries."
            .formatted(Quotas.ENVIRONMENTS_PER_QUEUE));
    Require.that(
        new HashSet<>(environments).size() == environments.size(),
        "computeEnvironmentOrder must not name a compute environment twice.");
    Require.that(
        new HashSet<>(orders).size() == orders.size(),
        "computeEnvironmentOrder must not use an order value twice.");
  }

  /**
   * Refuses an environment that is not ready for a queue.
   *
   * @param found what is stored under the name, null for nothing
   */
  public static void checkAttachable(String name, @Nullable ComputeEnvironment found) {
    if (found == null) {
      throw new ClientFault(
          "Compute environment %s must be created and valid before attaching to a job queue."
              .formatted(name));
    }
    Require.that(
        found.status() == ResourceStatus.VALID,
        "Compute environment %s must be valid before attaching to a job queue; it is %s."
            .formatted(name, found.status()));
  }

  /** Refuses environments of different kinds in one queue. */
  public static void checkMixture(Collection<ComputeEnvironment> all, InstanceTypes types) {
    boolean unmanaged = all.stream().anyMatch(each -> each.managed() == null);
    Require.that(
        !unmanaged || all.stream().allMatch(each -> each.managed() == null),
        "A job queue cannot mix MANAGED and UNMANAGED compute environments.");
    Set<Boolean> architectures = new HashSet<>();
    for (ComputeEnvironment each : all) {
      Managed managed = each.managed();
      if (managed != null) {
        architectures.add(ComputeRules.isArm(managed.instanceTypes(), types));
      }
    }
    Require.that(
        architectures.size() <= 1,
        "The compute environments of a job queue must share one CPU architecture.");
  }

  /** Refuses to give a policy to a FIFO queue or to take it from a fair-share queue. */
  public static void checkPolicyChange(@Nullable String before, @Nullable String after) {
    Require.that(
        before != null || after == null,
        "A scheduling policy cannot be added to a job queue that was created without one.");
    Require.that(
        before == null || after != null,
        "The scheduling policy of a job queue can be replaced, but not removed.");
  }

  /** Refuses two time limit actions for one reason. */
  public static void checkTimeLimits(List<String> reasons) {
    Require.that(
        new HashSet<>(reasons).size() == reasons.size(),
        "jobStateTimeLimitActions must have one entry for each reason.");
  }

  /**
   * Refuses a time limit action for anything but {@code RUNNABLE} jobs with a reason that AWS lists
   * for it ({@code batch-semantics} 5.3), with another action than {@code CANCEL}, or out of range.
   */
  public static void checkTimeLimit(
      @Nullable String reason,
      @Nullable String state,
      @Nullable Integer maxTimeSeconds,
      @Nullable String action) {
    Require.text("jobStateTimeLimitActions.reason", reason);
    Require.that(
        LIMIT_REASONS.contains(reason),
        "jobStateTimeLimitActions.reason must be one of %s."
            .formatted(String.join(", ", LIMIT_REASONS)));
    Require.that("RUNNABLE".equals(state), "jobStateTimeLimitActions.state must be RUNNABLE.");
    Require.present("jobStateTimeLimitActions.maxTimeSeconds", maxTimeSeconds);
    Require.range(
        "jobStateTimeLimitActions.maxTimeSeconds",
        maxTimeSeconds,
        LIMIT_SECONDS_MIN,
        LIMIT_SECONDS_MAX);
    Require.that("CANCEL".equals(action), "jobStateTimeLimitActions.action must be CANCEL.");
  }
}
