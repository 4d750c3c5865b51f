package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps hosts for jobs of one queue that fit nowhere now (conservative backfill, {@code
 * batch-semantics} 13.3): jobs behind them may use every other host. Where a job needs hosts that
 * can not be launched because others have all that the maximum allows, some of those are kept, so
 * that they empty themselves, are drained, and make way ({@code docs/decisions/0017}).
 */
final class Keeper {
  private final List<Supply> supplies;
  private final Map<String, Room> rooms;

  /**
   * For a queue.
   *
   * @param supplies its environments, in its order
   * @param rooms by environment, of those that take jobs
   */
  Keeper(List<Supply> supplies, Map<String, Room> rooms) {
    this.supplies = supplies;
    this.rooms = rooms;
  }

  /** The room in an environment of the queue that takes jobs. */
  Room roomOf(Supply supply) {
    return Objects.requireNonNull(rooms.get(supply.name()));
  }

  private List<Supply> open() {
    return supplies.stream().filter(supply -> rooms.containsKey(supply.name())).toList();
  }

  /** Environments that could take all these nodes and take jobs, in the queue's order. */
  List<Supply> forAll(NodeGroups nodes) {
    return open().stream()
        .filter(supply -> supply.takesGangs() && supply.couldTakeGang(nodes))
        .toList();
  }

  /** Why none of the queue's environments takes all these nodes now. */
  Why whyNot(NodeGroups nodes) {
    return GangWords.explain(supplies, nodes);
  }

  /** Keeps a host for the first job of this demand, or makes way for one; true when it did. */
  boolean keep(Demand demand) {
    Shape shape = demand.shape();
    long since = demand.submittedMinute();
    List<Place> able =
        open().stream().flatMap(supply -> roomOf(supply).reservable(shape).stream()).toList();
    Optional<Place> nearest = Room.nearest(able, shape, since);
    if (nearest.isPresent()) {
      nearest.get().reserve();
      return true;
    }
    if (open().stream().anyMatch(supply -> supply.launching(shape) > 0)) {
      return false;
    }
    List<Supply> crowded = new ArrayList<>();
    for (Supply supply : open()) {
      Optional<InstanceType> type = supply.cheapest(shape);
      if (type.isPresent() && inTheWay(supply, List.of(type.get())) <= 0) {
        return false;
      }
      type.ifPresent(_ -> crowded.add(supply));
    }
    return !crowded.isEmpty() && makeWay(crowded.getFirst(), shape, since);
  }

  private boolean makeWay(Supply supply, Shape shape, long since) {
    return roomOf(supply)
        .makeWay(inTheWay(supply, supply.cheapest(shape).stream().toList()), since);
  }

  /**
   * Keeps hosts of the first environment that will ever have enough of them, and makes way for
   * those that are not there; true when it keeps any.
   */
  boolean keepForAll(NodeGroups nodes, long since) {
    Optional<Supply> first = forAll(nodes).stream().findFirst();
    if (first.isEmpty()) {
      return false;
    }
    Supply supply = first.get();
    List<Host> hosts = new ArrayList<>(roomOf(supply).reserveGang(nodes, since));
    boolean kept = !hosts.isEmpty();
    supply.hosts().stream().filter(host -> host.state() == State.BOOTING).forEach(hosts::add);
    List<InstanceType> lacking = new ArrayList<>();
    for (Shape shape : Gangs.fit(nodes, hosts).missing()) {
      supply.fitting(shape).stream()
          .filter(type -> Gangs.takes(nodes, type.name()) && !supply.isShort(type))
          .min(Comparator.comparingInt(type -> type.usable().vcpus()))
          .ifPresent(lacking::add);
    }
    int tooMany = lacking.isEmpty() ? 0 : inTheWay(supply, lacking);
    return (tooMany > 0 && roomOf(supply).makeWay(tooMany, since)) || kept;
  }

  /** vCPUs that must go before these can be launched beside what there is. */
  private static int inTheWay(Supply supply, List<InstanceType> types) {
    int sum = types.stream().mapToInt(type -> type.usable().vcpus()).sum();
    int last = types.stream().mapToInt(type -> type.usable().vcpus()).max().orElse(0);
    int counted = supply.mayExceed() ? sum - last + 1 : sum;
    return supply.vcpus() - supply.leavingVcpus() + counted - supply.maxVcpus();
  }
}
