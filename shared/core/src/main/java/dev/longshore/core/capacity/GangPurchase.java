package dev.longshore.core.capacity;

import dev.longshore.core.capacity.CapacityPlan.Why;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Gangs;
import dev.longshore.core.plan.Supply;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hosts that the nodes of a multi-node job still lack in one environment: all, or none. */
record GangPurchase(Supply supply, NodeGroups nodes) {

  /**
   * One host for each of these, within the maximum.
   *
   * @return empty when not all of them can be had now
   */
  List<Purchase> of(List<Shape> missing, int headroom) {
    List<Purchase> purchases = new ArrayList<>();
    int left = headroom;
    for (Shape shape : missing) {
      Optional<Purchase> one = one(shape, left);
      if (one.isEmpty()) {
        return List.of();
      }
      left -= one.get().type().usable().vcpus();
      purchases.add(one.get());
    }
    return purchases;
  }

  /** Why {@link #of} found nothing for these. */
  Why whyNot(List<Shape> missing) {
    if (of(missing, Integer.MAX_VALUE).isEmpty()) {
      return Why.SHORTAGE;
    }
    int busy =
        supply.hosts().stream()
            .filter(host -> !host.reservations().isEmpty())
            .mapToInt(host -> host.capacity().vcpus())
            .sum();
    return supply.fitsBeside(nodes, busy) ? Why.IDLE_HOSTS : Why.MAX_VCPUS;
  }

  private Optional<Purchase> one(Shape shape, int headroom) {
    for (List<InstanceType> tier : supply.tiers()) {
      List<InstanceType> choice =
          tier.stream()
              .filter(type -> Gangs.takes(nodes, type.name()) && !supply.isShort(type))
              .toList();
      Optional<Purchase> purchase =
          Purchase.cheapest(choice, shape, 1, headroom, supply.mayExceed());
      if (purchase.isPresent()) {
        return purchase;
      }
    }
    return Optional.empty();
  }
}
