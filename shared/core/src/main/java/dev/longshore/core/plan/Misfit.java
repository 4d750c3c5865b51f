package dev.longshore.core.plan;

import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Words for a job that can never run as its queue is configured: what it asks, what there is. */
final class Misfit {
  private Misfit() {}

  /** What one host of a kind offers. */
  private record Offer(String name, Shape shape) {}

  /** Why none of these environments ever takes a job of this shape. */
  static Why explain(List<Supply> supplies, Shape shape) {
    for (Supply supply : supplies) {
      if (!supply.fitting(shape).isEmpty()) {
        String detail =
            "The job asks for %s; maxvCpus of %s is %d."
                .formatted(words(shape), supply.name(), supply.maxVcpus());
        return new Why(Reason.COMPUTE_ENVIRONMENT_MAX_RESOURCE, detail);
      }
    }
    String largest =
        largest(supplies, shape)
            .map(offer ->
                "the largest host would be " + offer.name() + " with " + words(offer.shape()))
            .orElse("there is no instance type and no host");
    return new Why(
        Reason.JOB_RESOURCE_REQUIREMENT, "The job asks for " + words(shape) + "; " + largest + ".");
  }

  /** The offer that comes nearest: enough GPUs, then enough vCPUs, then the most memory. */
  private static Optional<Offer> largest(List<Supply> supplies, Shape shape) {
    return supplies.stream()
        .flatMap(Misfit::offers)
        .max(
            Comparator.comparingInt((Offer offer) -> Math.min(offer.shape().gpus(), shape.gpus()))
                .thenComparingInt(offer -> Math.min(offer.shape().vcpus(), shape.vcpus()))
                .thenComparingInt(offer -> offer.shape().memoryMib())
                .thenComparingInt(offer -> offer.shape().vcpus())
                .thenComparing(Offer::name));
  }

  private static Stream<Offer> offers(Supply supply) {
    Stream<Offer> types =
        supply.tiers().stream()
            .flatMap(List::stream)
            .map((InstanceType type) -> new Offer(type.name(), type.usable()));
    Stream<Offer> hosts =
        supply.hosts().stream()
            .filter(host -> !host.isLeaving())
            .map(host -> new Offer(host.instanceType(), host.capacity()));
    return Stream.concat(types, hosts);
  }

  /** A shape as people read it. */
  static String words(Shape shape) {
    String gpus =
        switch (shape.gpus()) {
          case 0 -> "";
          case 1 -> ", 1 GPU";
          default -> ", " + shape.gpus() + " GPUs";
        };
    String vcpus = shape.vcpus() == 1 ? "1 vCPU" : shape.vcpus() + " vCPUs";
    return vcpus + ", " + shape.memoryMib() + " MiB" + gpus;
  }
}
