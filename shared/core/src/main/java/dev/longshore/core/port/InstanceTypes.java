package dev.longshore.core.port;

import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.Optional;

/** What instance types exist and what they offer. */
public interface InstanceTypes {

  /**
   * An instance type.
   *
   * @param name such as {@code m6i.large}
   * @param usable vCPUs, GPUs and the MiB that jobs can use, which is less than the nominal memory
   * @param arm64 its architecture, x86_64 when false
   * @param hourlyPrice relative price for comparing; USD per hour On-Demand where known
   */
  record InstanceType(String name, Shape usable, boolean arm64, double hourlyPrice) {}

  /** One type by name. */
  Optional<InstanceType> find(String name);

  /**
   * The types that an entry of {@code computeResources.instanceTypes} stands for: a size, a family
   * or {@code optimal}, {@code default_x86_64}, {@code default_arm64}; empty when unknown.
   */
  List<InstanceType> expand(String entry);
}
