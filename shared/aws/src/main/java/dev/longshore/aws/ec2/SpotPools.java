package dev.longshore.aws.ec2;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.port.HostLauncher.Launch;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ComputeResource;

/**
 * Which types a launch offers to EC2. It is the planned one; where a Spot strategy goes by capacity
 * ({@code batch-semantics} 17.3), others of the environment may stand for it: as many vCPUs, so
 * that the maximum holds, at least its memory, the same GPUs and architecture, the cheapest first.
 * What a host really is it says when it joins.
 */
final class SpotPools {
  /** EC2's advice for Spot; with all subnets of an environment less than a fleet may have. */
  private static final int MOST_TYPES = 10;

  private static final List<String> BY_CAPACITY =
      List.of(
          "SPOT_CAPACITY_OPTIMIZED",
          "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED",
          "SPOT_PRICE_CAPACITY_OPTIMIZED");

  private SpotPools() {}

  /** True when the order of the environment's types counts. */
  static boolean isPrioritized(@Nullable Managed managed) {
    return managed != null && managed.allocationStrategy().endsWith("_PRIORITIZED");
  }

  /** The types, the planned one first. */
  static List<InstanceType> of(
      Launch launch,
      @Nullable Managed managed,
      ComputeResource resources,
      InstanceType planned,
      InstanceTypes types) {
    // A template of the user's may be for single types.
    boolean single =
        resources.launchTemplate() != null && resources.launchTemplate().hasOverrides();
    if (managed == null
        || single
        || launch.market() != Market.SPOT
        || !BY_CAPACITY.contains(managed.allocationStrategy())) {
      return List.of(planned);
    }
    Map<String, InstanceType> alike = new LinkedHashMap<>();
    for (String entry : managed.instanceTypes()) {
      for (InstanceType type : types.expand(entry)) {
        if (standsFor(type, planned)) {
          alike.putIfAbsent(type.name(), type);
        }
      }
    }
    alike.remove(planned.name());
    List<InstanceType> others = new ArrayList<>(alike.values());
    if (!isPrioritized(managed)) {
      others.sort(
          Comparator.comparingDouble(InstanceType::hourlyPrice).thenComparing(InstanceType::name));
    }
    List<InstanceType> all = new ArrayList<>();
    all.add(planned);
    all.addAll(others.subList(0, Math.min(others.size(), MOST_TYPES - 1)));
    return all;
  }

  private static boolean standsFor(InstanceType type, InstanceType planned) {
    return type.usable().vcpus() == planned.usable().vcpus()
        && type.usable().gpus() == planned.usable().gpus()
        && type.usable().memoryMib() >= planned.usable().memoryMib()
        && type.arm64() == planned.arm64();
  }
}
