package dev.longshore.core.validation;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a managed environment may look like ({@code batch-semantics} 17.2 to 17.4). */
public final class ComputeRules {
  /** The strategy of an environment that names none. */
  public static final String BEST_FIT = "BEST_FIT";

  private static final List<String> ON_DEMAND =
      List.of(BEST_FIT, "BEST_FIT_PROGRESSIVE", "BEST_FIT_PROGRESSIVE_ORDERED");
  private static final List<String> SPOT =
      List.of(
          BEST_FIT,
          "BEST_FIT_PROGRESSIVE",
          "SPOT_CAPACITY_OPTIMIZED",
          "SPOT_PRICE_CAPACITY_OPTIMIZED",
          "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED");

  private ComputeRules() {}

  /**
   * Refuses an environment that cannot be scaled as it says.
   *
   * @param types which instance types exist
   */
  public static void check(Managed managed, InstanceTypes types) {
    Require.that(managed.minVcpus() >= 0, "minvCpus must not be negative.");
    Require.that(managed.maxVcpus() >= 0, "maxvCpus must not be negative.");
    Require.that(
        managed.minVcpus() <= managed.maxVcpus(),
        "minvCpus must be less than or equal to maxvCpus.");
    checkStrategy(managed.allocationStrategy(), managed.market());
    checkTypes(managed.instanceTypes(), types);
  }

  /** Refuses a wish outside of the limits. */
  public static void checkDesired(int desired, int min, int max) {
    Require.that(
        desired >= min && desired <= max, "desiredvCpus must be between minvCpus and maxvCpus.");
  }

  /** Refuses a wish below what there is, as AWS does. */
  public static void checkRaised(int desired, int current) {
    Require.that(
        desired >= current,
        "Manually scaling down compute environment is not supported. Disconnecting job queues"
            + " from compute environment will cause it to scale-down to minvCpus");
  }

  /** Refuses an infrastructure update that the strategy, before or after, does not allow. */
  public static void checkReplaceable(Managed before, Managed after) {
    Require.that(
        !before.allocationStrategy().equals(BEST_FIT)
            && !after.allocationStrategy().equals(BEST_FIT),
        "Only desiredvCpus, maxvCpus, minvCpus, serviceRole and state of a compute environment"
            + " with allocation strategy BEST_FIT can be updated.");
  }

  /** True when any of the types that the entries stand for is an ARM one. */
  public static boolean isArm(List<String> entries, InstanceTypes types) {
    return entries.stream().flatMap(e -> types.expand(e).stream()).anyMatch(InstanceType::arm64);
  }

  private static void checkStrategy(String strategy, Market market) {
    boolean spot = market == Market.SPOT;
    List<String> applicable = spot ? SPOT : ON_DEMAND;
    Require.that(
        applicable.contains(strategy),
        "allocationStrategy %s is not applicable for %s; applicable are %s."
            .formatted(strategy, spot ? "SPOT" : "EC2", String.join(", ", applicable)));
  }

  private static void checkTypes(List<String> entries, InstanceTypes types) {
    Require.framed(!entries.isEmpty(), "Instance types are required.");
    Set<Boolean> architectures = new HashSet<>();
    for (String entry : entries) {
      List<InstanceType> meant = types.expand(entry);
      Require.framed(
          !meant.isEmpty(),
          "Instance type can only be one of the known sizes and families, optimal,"
              + " default_x86_64 and default_arm64, not "
              + entry);
      meant.forEach(type -> architectures.add(type.arm64()));
    }
    Require.that(
        architectures.size() == 1,
        "instanceTypes must share one CPU architecture: either x86_64 or arm64.");
  }
}
