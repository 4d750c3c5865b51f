package dev.longshore.core.capacity;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A choice of hosts for jobs of one shape: one type, so many hosts.
 *
 * @param type which type
 * @param hosts how many, at least 1
 * @param served how many of the jobs they take
 */
record Purchase(InstanceType type, int hosts, int served) {
  /** Prices are compared in millionths, so that rounding never decides. */
  private static final double MILLION = 1_000_000;

  private static final Comparator<Purchase> CHEAPEST =
      Comparator.comparingLong(Purchase::pricePerJob)
          .thenComparing(Comparator.comparingInt(Purchase::served).reversed())
          .thenComparingInt(Purchase::hosts)
          .thenComparing(purchase -> purchase.type().name());

  /**
   * The type that takes these jobs for the lowest price in all, and how many hosts of it. Hosts
   * that stay within {@code headroom} are preferred; only where none does and the environment may
   * pass its maximum, one that does not.
   *
   * @param types to choose from
   * @param count how many jobs of the shape
   * @param headroom vCPUs left below the maximum
   * @param mayExceed whether one last host may pass the maximum
   */
  static Optional<Purchase> cheapest(
      List<InstanceType> types, Shape shape, int count, int headroom, boolean mayExceed) {
    List<InstanceType> fitting =
        types.stream().filter(type -> shape.fitsInto(type.usable())).toList();
    Optional<Purchase> within =
        fitting.stream()
            .filter(type -> type.usable().vcpus() <= headroom)
            .map(type -> of(type, shape, count, headroom / type.usable().vcpus()))
            .min(CHEAPEST);
    if (within.isPresent() || !mayExceed || headroom <= 0) {
      return within;
    }
    return fitting.stream()
        .map(type -> of(type, shape, count, 1))
        .min(Comparator.comparingLong(Purchase::price).thenComparing(CHEAPEST));
  }

  private static Purchase of(InstanceType type, Shape shape, int count, int mostHosts) {
    int perHost = Math.max(1, shape.timesIn(type.usable(), count));
    int hosts = Math.min(Math.ceilDiv(count, perHost), mostHosts);
    return new Purchase(type, hosts, (int) Math.min(count, (long) hosts * perHost));
  }

  /** What these jobs leave free on each host, which are filled one after another. */
  List<Shape> spare(Shape shape) {
    int perHost = shape.timesIn(type.usable(), served);
    int onLast = served - (hosts - 1) * perHost;
    List<Shape> spare =
        new ArrayList<>(Collections.nCopies(hosts - 1, type.usable().minus(shape.times(perHost))));
    spare.add(type.usable().minus(shape.times(onLast)));
    return spare;
  }

  private long price() {
    return Math.round(type.hourlyPrice() * hosts * MILLION);
  }

  private long pricePerJob() {
    return price() / served;
  }
}
