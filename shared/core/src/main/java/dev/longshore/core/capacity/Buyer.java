package dev.longshore.core.capacity;

import dev.longshore.core.capacity.CapacityPlan.Why;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Supply;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.List;
import java.util.Optional;

/** What an environment can buy under its strategy, its maximum and the shortages it knows of. */
record Buyer(Supply supply) {

  /** The best purchase for these jobs; empty when there is none now. */
  Optional<Purchase> choose(Shape shape, int count, int headroom) {
    for (List<InstanceType> tier : supply.tiers()) {
      List<InstanceType> allowed = allowed(tier, shape);
      List<InstanceType> choice =
          supply.isBestFitOnly()
              ? allowed
              : allowed.stream().filter(type -> !supply.isShort(type)).toList();
      Optional<Purchase> purchase =
          Purchase.cheapest(choice, shape, count, headroom, supply.mayExceed());
      if (purchase.isPresent()) {
        // BEST_FIT waits for its one type (batch-semantics 17.3).
        return purchase.filter(it -> !supply.isShort(it.type()));
      }
    }
    return Optional.empty();
  }

  /** Why {@link #choose} found nothing. */
  Why whyNot(Shape shape, int headroom) {
    List<InstanceType> allowed =
        supply.tiers().stream().flatMap(tier -> allowed(tier, shape).stream()).toList();
    if (allowed.isEmpty()) {
      return Why.NO_TYPE_FITS;
    }
    return Purchase.cheapest(allowed, shape, 1, headroom, supply.mayExceed()).isEmpty()
        ? Why.MAX_VCPUS
        : Why.SHORTAGE;
  }

  private List<InstanceType> allowed(List<InstanceType> tier, Shape shape) {
    return tier.stream()
        .filter(type -> shape.fitsInto(type.usable()) && supply.allows(type, shape))
        .toList();
  }
}
