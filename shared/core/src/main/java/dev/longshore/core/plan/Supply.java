package dev.longshore.core.plan;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an environment has and what it may get: its hosts, the launches under way, and the instance
 * types it may launch. A type that has a registered host here offers what that host registered, not
 * what the catalogue expects.
 */
public final class Supply {
  private final ComputeEnvironment environment;
  private final Fleet fleet;
  private final long now;
  private final List<Host> hosts;
  private final List<List<InstanceType>> tiers;
  private final boolean typesKnown;
  private final int vcpus;

  private Supply(Snapshot snapshot, ComputeEnvironment environment, InstanceTypes catalogue) {
    this.environment = environment;
    this.fleet = snapshot.fleet(environment.name());
    this.now = snapshot.now();
    this.hosts =
        snapshot.hosts().stream()
            .filter(host -> host.id().environment().equals(environment.name()))
            .filter(host -> host.state() != State.GONE)
            .sorted(Comparator.comparing(Host::id))
            .toList();
    List<List<InstanceType>> expanded = new ArrayList<>();
    Managed managed = environment.managed();
    if (managed != null) {
      managed.instanceTypes().forEach(entry -> expanded.add(catalogue.expand(entry)));
    }
    this.typesKnown = expanded.stream().noneMatch(List::isEmpty);
    this.tiers = tiers(expanded, managed, registered(hosts));
    this.vcpus =
        hosts.stream().mapToInt(host -> host.capacity().vcpus()).sum()
            + fleet.intents().stream().mapToInt(intent -> intent.count() * intent.vcpus()).sum();
  }

  /** The supply of each environment of the snapshot, by name. */
  public static Map<String, Supply> of(Snapshot snapshot, InstanceTypes catalogue) {
    Map<String, Supply> supplies = new HashMap<>();
    for (ComputeEnvironment environment : snapshot.environments()) {
      supplies.put(environment.name(), new Supply(snapshot, environment, catalogue));
    }
    return supplies;
  }

  /** Smallest capacity that a host of each type registered here. */
  private static Map<String, Shape> registered(List<Host> hosts) {
    Map<String, Shape> registered = new HashMap<>();
    for (Host host : hosts) {
      if (host.containerInstance() != null) {
        registered.merge(host.instanceType(), host.capacity(), Supply::smaller);
      }
    }
    return registered;
  }

  private static Shape smaller(Shape one, Shape other) {
    return new Shape(
        Math.min(one.vcpus(), other.vcpus()),
        Math.min(one.memoryMib(), other.memoryMib()),
        Math.min(one.gpus(), other.gpus()));
  }

  /**
   * Types to choose from, those of an earlier list first: one list for strategies that go by price,
   * one per entry for those that go by the user's order. A type that is listed itself does not
   * count as part of a listed family ({@code batch-semantics} 17.3).
   */
  private static List<List<InstanceType>> tiers(
      List<List<InstanceType>> expanded, @Nullable Managed managed, Map<String, Shape> registered) {
    if (managed == null) {
      return List.of();
    }
    boolean ordered = isOrdered(managed);
    Set<String> listed = new HashSet<>(managed.instanceTypes());
    List<List<InstanceType>> tiers = new ArrayList<>();
    Map<String, InstanceType> together = new LinkedHashMap<>();
    for (int i = 0; i < expanded.size(); i++) {
      String entry = managed.instanceTypes().get(i);
      Map<String, InstanceType> tier = ordered ? new LinkedHashMap<>() : together;
      for (InstanceType type : expanded.get(i)) {
        if (!listed.contains(type.name()) || type.name().equals(entry)) {
          tier.putIfAbsent(type.name(), asRegistered(type, registered.get(type.name())));
        }
      }
      if (ordered) {
        tiers.add(List.copyOf(tier.values()));
      }
    }
    return ordered ? List.copyOf(tiers) : List.of(List.copyOf(together.values()));
  }

  private static InstanceType asRegistered(InstanceType type, @Nullable Shape registered) {
    return registered == null
        ? type
        : new InstanceType(type.name(), registered, type.arm64(), type.hourlyPrice());
  }

  private static boolean isOrdered(Managed managed) {
    return switch (managed.allocationStrategy()) {
      case "BEST_FIT_PROGRESSIVE_ORDERED", "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED" -> true;
      default -> false;
    };
  }

  public ComputeEnvironment environment() {
    return environment;
  }

  public String name() {
    return environment.name();
  }

  /** Its hosts but those that are gone, by ID. */
  public List<Host> hosts() {
    return hosts;
  }

  public Fleet fleet() {
    return fleet;
  }

  /** vCPUs of all its hosts and of the launches under way: what counts against the maximum. */
  public int vcpus() {
    return vcpus;
  }

  /** Types it may launch, by preference; within a list the price decides. */
  public List<List<InstanceType>> tiers() {
    return tiers;
  }

  /** One of the types it may launch. */
  public Optional<InstanceType> type(String name) {
    return tiers.stream()
        .flatMap(List::stream)
        .filter(type -> type.name().equals(name))
        .findFirst();
  }

  /** False when an entry of its instance types stands for nothing that is known. */
  public boolean typesKnown() {
    return typesKnown;
  }

  /** True when it takes the one best type or waits. */
  public boolean isBestFitOnly() {
    Managed managed = environment.managed();
    return managed != null && managed.allocationStrategy().equals("BEST_FIT");
  }

  /**
   * True when its vCPUs may pass the maximum with one last host: every combination but BEST_FIT on
   * On-Demand ({@code batch-semantics} 17.3).
   */
  public boolean mayExceed() {
    Managed managed = environment.managed();
    return managed != null && !(isBestFitOnly() && managed.market() == Market.ON_DEMAND);
  }

  /** The maximum of vCPUs; 0 for an unmanaged environment, which never launches. */
  public int maxVcpus() {
    Managed managed = environment.managed();
    return managed == null ? 0 : managed.maxVcpus();
  }

  /**
   * vCPUs of which a queue with these environments keeps a part for shares that are not active yet;
   * 0 when one of them is unmanaged and says nothing ({@code batch-semantics} 14.1).
   */
  static int reservable(List<Supply> supplies) {
    boolean silent =
        supplies.stream()
            .map(Supply::environment)
            .anyMatch(it -> it.managed() == null && it.unmanagedVcpus() == 0);
    return silent
        ? 0
        : supplies.stream().mapToInt(it -> it.maxVcpus() + it.environment.unmanagedVcpus()).sum();
  }

  /** Types that would take this shape, whatever the maximum says. */
  public List<InstanceType> fitting(Shape shape) {
    return tiers.stream()
        .flatMap(List::stream)
        .filter(type -> shape.fitsInto(type.usable()))
        .toList();
  }

  /** True when the maximum ever allows a host of this type for this shape. */
  public boolean allows(InstanceType type, Shape shape) {
    return shape.vcpus() <= maxVcpus() && (mayExceed() || type.usable().vcpus() <= maxVcpus());
  }

  /** The cheapest type that could be launched for this shape, whatever the hosts now are. */
  public Optional<InstanceType> cheapest(Shape shape) {
    return fitting(shape).stream()
        .filter(type -> allows(type, shape) && !isShort(type))
        .min(
            Comparator.comparingDouble(InstanceType::hourlyPrice)
                .thenComparing(InstanceType::name));
  }

  /** vCPUs of hosts that are on their way out and still count. */
  public int leavingVcpus() {
    return hosts.stream().filter(Host::isLeaving).mapToInt(it -> it.capacity().vcpus()).sum();
  }

  /** True while this type is not asked for because it was refused a moment ago. */
  public boolean isShort(InstanceType type) {
    return fleet.shortages().stream()
        .anyMatch(it -> it.instanceType().equals(type.name()) && it.until() > now);
  }

  /**
   * True unless it is certain that, as it is configured, it never runs a job of this shape. A
   * maximum of 0 is a pause, like DISABLED, and proves nothing.
   */
  public boolean couldTake(Shape shape) {
    if (environment.managed() == null || !typesKnown || hasHostFor(shape)) {
      return true;
    }
    List<InstanceType> fitting = fitting(shape);
    return maxVcpus() == 0
        ? !fitting.isEmpty()
        : fitting.stream().anyMatch(type -> allows(type, shape));
  }

  /** True when one of its hosts, once empty, is large enough. */
  public boolean hasHostFor(Shape shape) {
    return hosts.stream().anyMatch(host -> !host.isLeaving() && shape.fitsInto(host.capacity()));
  }

  /** How many hosts that are large enough are booting or about to be launched. */
  public int launching(Shape shape) {
    return (int) booting(shape).count() + asked(shape).mapToInt(Fleet.Intent::count).sum();
  }

  /** Since when the first of them is on its way, epoch ms; 0 when none is. */
  public long launchingSince(Shape shape) {
    return LongStream.concat(
            booting(shape).mapToLong(Host::launchedAt), asked(shape).mapToLong(Fleet.Intent::at))
        .min()
        .orElse(0);
  }

  private Stream<Host> booting(Shape shape) {
    return hosts.stream()
        .filter(host -> host.state() == State.BOOTING && shape.fitsInto(host.capacity()));
  }

  private Stream<Fleet.Intent> asked(Shape shape) {
    Set<String> fitting = new HashSet<>();
    fitting(shape).forEach(type -> fitting.add(type.name()));
    return fleet.intents().stream().filter(intent -> fitting.contains(intent.instanceType()));
  }

  /** True when multi-node jobs may run here: managed, and not on Spot. */
  public boolean takesGangs() {
    Managed managed = environment.managed();
    return managed != null && managed.market() == Market.ON_DEMAND;
  }

  /** True unless it is certain that it never has hosts for all nodes at once. */
  public boolean couldTakeGang(NodeGroups nodes) {
    if (!typesKnown) {
      return true;
    }
    if (!hasHostsOrTypesForGang(nodes)) {
      return false;
    }
    return maxVcpus() == 0 || fitsBeside(nodes, 0);
  }

  /** True when the maximum has room for hosts of all nodes beside others with so many vCPUs. */
  public boolean fitsBeside(NodeGroups nodes, int others) {
    int least = others;
    int last = 0;
    for (NodeGroups.Group group : nodes.groups()) {
      int one = leastVcpus(nodes, group.shape());
      least += one * group.count();
      last = Math.max(last, one);
    }
    return mayExceed() ? least - last < maxVcpus() : least <= maxVcpus();
  }

  /** True when for each node some host or type of it is large enough, whatever the maximum says. */
  boolean hasHostsOrTypesForGang(NodeGroups nodes) {
    return nodes.groups().stream()
        .allMatch(group -> leastVcpus(nodes, group.shape()) < Integer.MAX_VALUE / 1000);
  }

  /** vCPUs of the smallest host that this node could have. */
  private int leastVcpus(NodeGroups nodes, Shape shape) {
    IntStream ofTypes =
        fitting(shape).stream()
            .filter(type -> Gangs.takes(nodes, type.name()))
            .mapToInt(type -> type.usable().vcpus());
    IntStream ofHosts =
        hosts.stream()
            .filter(host -> !host.isLeaving() && shape.fitsInto(host.capacity()))
            .filter(host -> Gangs.takes(nodes, host.instanceType()))
            .mapToInt(host -> host.capacity().vcpus());
    return IntStream.concat(ofTypes, ofHosts).min().orElse(Integer.MAX_VALUE / 1000);
  }

  /** How many hosts that some node could have are booting or about to be launched. */
  int launchingForGang(NodeGroups nodes) {
    return (int) bootingFor(nodes).count() + askedFor(nodes).mapToInt(Fleet.Intent::count).sum();
  }

  /** Since when the first of them is on its way, epoch ms; 0 when none is. */
  long launchingForGangSince(NodeGroups nodes) {
    return LongStream.concat(
            bootingFor(nodes).mapToLong(Host::launchedAt),
            askedFor(nodes).mapToLong(Fleet.Intent::at))
        .min()
        .orElse(0);
  }

  private Stream<Host> bootingFor(NodeGroups nodes) {
    return hosts.stream()
        .filter(host -> host.state() == State.BOOTING)
        .filter(host -> Gangs.takes(nodes, host.instanceType()))
        .filter(host -> isForSomeNode(nodes, host.capacity()));
  }

  private Stream<Fleet.Intent> askedFor(NodeGroups nodes) {
    return fleet.intents().stream()
        .filter(intent -> Gangs.takes(nodes, intent.instanceType()))
        .filter(intent ->
            type(intent.instanceType())
                .filter(type -> isForSomeNode(nodes, type.usable()))
                .isPresent());
  }

  private static boolean isForSomeNode(NodeGroups nodes, Shape capacity) {
    return nodes.groups().stream().anyMatch(group -> group.shape().fitsInto(capacity));
  }
}
