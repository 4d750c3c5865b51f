package dev.longshore.core.capacity;

import dev.longshore.core.capacity.CapacityPlan.Unmet;
import dev.longshore.core.capacity.CapacityPlan.Why;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.plan.Supply;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses the hosts that go. */
final class Drains {
  private final Snapshot snapshot;
  private final Map<String, Supply> supplies;
  private final long idleMillis;
  private final List<HostId> drains = new ArrayList<>();

  Drains(Snapshot snapshot, Map<String, Supply> supplies, long idleMillis) {
    this.snapshot = snapshot;
    this.supplies = supplies;
    this.idleMillis = idleMillis;
  }

  /**
   * By environment, the longest idle first.
   *
   * @param needed hosts that the planner has work for
   * @param unmet demand for which nothing could be launched
   */
  List<HostId> choose(Set<HostId> needed, List<Unmet> unmet) {
    for (Supply supply : supplies.values()) {
      if (supply.environment().managed() != null) {
        if (isLeaving(supply.environment().status())) {
          drainAll(supply);
        } else {
          List<Host> idle = idle(supply, needed);
          int floor = Floor.toKeep(supply.environment(), snapshot.now());
          List<Host> kept = drainLongIdle(supply, floor, idle);
          if (first(supply, unmet, Why.IDLE_HOSTS).isPresent()) {
            // Others take their place, as many and as small as the multi-node job needs.
            kept.forEach(host -> drains.add(host.id()));
          } else {
            first(supply, unmet, Why.MAX_VCPUS).ifPresent(it -> makeWay(supply, kept, it));
          }
        }
      }
    }
    return drains;
  }

  private static boolean isLeaving(ResourceStatus status) {
    return status == ResourceStatus.DELETING || status == ResourceStatus.DELETED;
  }

  private void drainAll(Supply supply) {
    for (Host host : supply.hosts()) {
      if (!host.isLeaving()) {
        drains.add(host.id());
      }
    }
  }

  private static List<Host> idle(Supply supply, Set<HostId> needed) {
    return supply.hosts().stream()
        .filter(host -> host.state() == State.ACTIVE && host.reservations().isEmpty())
        .filter(host -> !needed.contains(host.id()))
        .sorted(Comparator.comparingLong(Host::idleSince).thenComparing(Host::id))
        .toList();
  }

  /** Drains what is idle for too long and not needed as a floor; the idle ones that stay. */
  private List<Host> drainLongIdle(Supply supply, int floor, List<Host> idle) {
    int active =
        supply.hosts().stream()
            .filter(host -> host.state() == State.ACTIVE)
            .mapToInt(host -> host.capacity().vcpus())
            .sum();
    List<Host> kept = new ArrayList<>();
    for (Host host : idle) {
      // Nothing new comes to a disabled environment: its idle hosts have nothing to wait for.
      boolean due =
          !supply.environment().enabled() || snapshot.now() - host.idleSince() >= idleMillis;
      int rest = active - host.capacity().vcpus();
      if (due && rest >= floor) {
        drains.add(host.id());
        active = rest;
      } else {
        kept.add(host);
      }
    }
    return kept;
  }

  /** The first demand that this is in the way of. */
  private static Optional<Unmet> first(Supply supply, List<Unmet> unmet, Why why) {
    return unmet.stream()
        .filter(it -> it.environment().equals(supply.name()) && it.why() == why)
        .findFirst();
  }

  /**
   * Drains idle hosts that are too small for waiting demand while the maximum allows no larger one.
   * The minimum does not protect them: what replaces them counts towards it.
   */
  private void makeWay(Supply supply, List<Host> idle, Unmet demand) {
    Optional<InstanceType> wanted = supply.cheapest(demand.shape());
    if (wanted.isEmpty()) {
      return;
    }
    int room = supply.mayExceed() ? 1 : wanted.get().usable().vcpus();
    int missing = supply.vcpus() + room - supply.maxVcpus() - leaving(supply);
    List<HostId> inTheWay = new ArrayList<>();
    for (Host host : idle) {
      if (missing > 0 && !demand.shape().fitsInto(host.capacity())) {
        inTheWay.add(host.id());
        missing -= host.capacity().vcpus();
      }
    }
    if (missing <= 0) {
      drains.addAll(inTheWay);
    }
  }

  /** vCPUs that are about to be free: hosts that drain already or from now on. */
  private int leaving(Supply supply) {
    return supply.hosts().stream()
        .filter(host -> host.isLeaving() || drains.contains(host.id()))
        .mapToInt(host -> host.capacity().vcpus())
        .sum();
  }
}
