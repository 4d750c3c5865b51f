package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps hosts for jobs of one queue that fit nowhere now (conservative backfill, {@code
 * batch-semantics} 13.3): jobs behind them may use every other host. Where a job needs hosts that
 * can not be launched because others have all that the maximum allows, some of those are kept, so
 * that they empty themselves, are drained, and make way ({@code docs/decisions/0017}).
 */
final class Keeper {
  private final List<Supply> supplies;
  private final Map<String, Room> rooms;
  private final Map<Shape, Boolean> able = new HashMap<>();
  private @Nullable Awaited awaited;

  /**
   * Hosts that are to be launched for the job that hosts are kept for.
   *
   * @param vcpus what must be free below the maximum for all of them
   */
  record Awaited(String environment, int vcpus) {}

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

  /** What else the job needs that was asked for last, beside the hosts that are kept. */
  Optional<Awaited> awaited() {
    return Optional.ofNullable(awaited);
  }

  private List<Supply> open() {
    return supplies.stream().filter(supply -> rooms.containsKey(supply.name())).toList();
  }

  /** True when an environment that takes jobs could take this shape some time. */
  boolean couldTake(Shape shape) {
    return able.computeIfAbsent(
        shape, one -> open().stream().anyMatch(supply -> supply.couldTake(one)));
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
    awaited = null;
    Shape shape = demand.shape();
    long since = demand.submittedMinute();
    List<Place> hosts =
        open().stream().flatMap(supply -> roomOf(supply).reservable(shape).stream()).toList();
    Optional<Place> nearest = Room.nearest(hosts, shape, since);
    if (nearest.isPresent()) {
      nearest.get().reserve();
      return true;
    }
    if (open().stream().anyMatch(supply -> supply.launching(shape) > 0)) {
      return false;
    }
    List<Supply> able = open().stream().filter(it -> it.cheapest(shape).isPresent()).toList();
    if (able.stream().anyMatch(supply -> inTheWay(supply, cheapest(supply, shape)) <= 0)) {
      return false;
    }
    return !able.isEmpty() && makeWay(able.getFirst(), cheapest(able.getFirst(), shape), since);
  }

  private static List<InstanceType> cheapest(Supply supply, Shape shape) {
    return supply.cheapest(shape).stream().toList();
  }

  private boolean makeWay(Supply supply, List<InstanceType> lacking, long since) {
    awaited = new Awaited(supply.name(), counted(supply, lacking));
    int tooMany = inTheWay(supply, lacking);
    return tooMany > 0 && roomOf(supply).makeWay(tooMany, since);
  }

  /**
   * Keeps hosts of the first environment that will ever have enough of them, and makes way for
   * those that are not there; true when it keeps any.
   */
  boolean keepForAll(NodeGroups nodes, long since) {
    awaited = null;
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
    return (!lacking.isEmpty() && makeWay(supply, lacking, since)) || kept;
  }

  /** vCPUs that must go before these can be launched beside what there is. */
  private static int inTheWay(Supply supply, List<InstanceType> types) {
    return supply.vcpus() - supply.leavingVcpus() + counted(supply, types) - supply.maxVcpus();
  }

  /** vCPUs that must be free for these: only the first of the last one where it may exceed. */
  private static int counted(Supply supply, List<InstanceType> types) {
    int sum = types.stream().mapToInt(type -> type.usable().vcpus()).sum();
    int last = types.stream().mapToInt(type -> type.usable().vcpus()).max().orElse(0);
    return supply.mayExceed() ? sum - last + 1 : sum;
  }
}
