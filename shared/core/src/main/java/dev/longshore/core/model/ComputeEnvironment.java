package dev.longshore.core.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the hosts of a queue come from.
 *
 * @param name name
 * @param enabled the user's wish: a disabled one takes no new jobs and does not scale out
 * @param status ours
 * @param statusReason why it has this status
 * @param managed what we scale, absent for an unmanaged environment, whose hosts users register
 * @param unmanagedVcpus of an unmanaged environment, 0 when not given
 * @param document the rest of what was asked for, as the wire module wrote it
 * @param tags tags
 * @param createdAt epoch ms
 * @param version grows by one with each stored change, 1 when created
 */
public record ComputeEnvironment(
    String name,
    boolean enabled,
    ResourceStatus status,
    String statusReason,
    @Nullable Managed managed,
    int unmanagedVcpus,
    String document,
    Map<String, String> tags,
    long createdAt,
    long version) {

  public ComputeEnvironment {
    tags = Map.copyOf(tags);
  }

  /** How hosts are bought. */
  public enum Market {
    ON_DEMAND,
    SPOT
  }

  /**
   * What a managed environment scales between.
   *
   * @param market On-Demand ({@code EC2}) or Spot
   * @param minVcpus kept even when disabled
   * @param maxVcpus never exceeded by more than one host
   * @param desiredVcpus what a user asked for at least, at creation or by update; 0 for nothing
   * @param desiredSince epoch ms of the update that asked for it, 0 when that was the creation
   * @param instanceTypes sizes, families or the words {@code optimal}, {@code default_x86_64},
   *     {@code default_arm64}
   * @param allocationStrategy AWS's name of it
   */
  public record Managed(
      Market market,
      int minVcpus,
      int maxVcpus,
      int desiredVcpus,
      long desiredSince,
      List<String> instanceTypes,
      String allocationStrategy) {
    public Managed {
      instanceTypes = List.copyOf(instanceTypes);
    }

    /** As it is created. */
    public Managed(
        Market market,
        int minVcpus,
        int maxVcpus,
        int desiredVcpus,
        List<String> instanceTypes,
        String allocationStrategy) {
      this(market, minVcpus, maxVcpus, desiredVcpus, 0, instanceTypes, allocationStrategy);
    }

    /** The same, asked for at another time. */
    public Managed desiredSince(long time) {
      return new Managed(
          market, minVcpus, maxVcpus, desiredVcpus, time, instanceTypes, allocationStrategy);
    }
  }

  /** True when jobs may be placed on its hosts. */
  public boolean takesJobs() {
    return enabled && (status == ResourceStatus.VALID || status == ResourceStatus.UPDATING);
  }

  /** The next version, with another status. */
  public ComputeEnvironment next(ResourceStatus status, String statusReason) {
    return new ComputeEnvironment(
        name,
        enabled,
        status,
        statusReason,
        managed,
        unmanagedVcpus,
        document,
        tags,
        createdAt,
        version + 1);
  }

  /** The next version, with other tags. */
  public ComputeEnvironment tagged(Map<String, String> tags) {
    return new ComputeEnvironment(
        name,
        enabled,
        status,
        statusReason,
        managed,
        unmanagedVcpus,
        document,
        tags,
        createdAt,
        version + 1);
  }

  /** Name of its ECS cluster. It follows from the environment's name, so nothing stores it. */
  public static String clusterOf(String environment) {
    byte[] seed = ("longshore:" + environment).getBytes(StandardCharsets.UTF_8);
    return environment + "_Batch_" + UUID.nameUUIDFromBytes(seed);
  }
}
