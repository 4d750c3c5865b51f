package dev.longshore.core.capacity;

import dev.longshore.core.capacity.CapacityPlan.Launch;
import dev.longshore.core.capacity.CapacityPlan.Unmet;
import dev.longshore.core.capacity.CapacityPlan.Why;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.Gangs;
import dev.longshore.core.plan.Hold;
import dev.longshore.core.plan.Placement;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Plan.Promise;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.plan.Supply;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The world as one capacity round supposes it, and what the round has decided so far. */
final class SupposedWorld {
  /** How often the planner is asked in one round; the next round plans what is left over. */
  private static final int MOST_PASSES = 32;

  /** Sorts behind every instance ID, so that real hosts are filled first. */
  private static final String IMAGINED = "~";

  private final Snapshot snapshot;
  private final Planner planner;
  private final Map<String, Supply> supplies;
  private final Map<String, Integer> vcpus = new HashMap<>();
  private final List<Host> supposed = new ArrayList<>();
  private final List<HostId> expired = new ArrayList<>();
  private final Map<String, Launch> launches = new LinkedHashMap<>();
  private final List<Unmet> unmet = new ArrayList<>();
  private final Set<HostId> needed = new HashSet<>();

  /** Room that hosts bought since the planner was last asked have beside what they are for. */
  private final Map<String, List<Shape>> spare = new HashMap<>();

  /** vCPUs, by environment, for jobs before the one that is asked about. */
  private final Map<String, Integer> promised = new HashMap<>();

  private int imagined;

  /** Multi-node jobs that hosts were launched for, or could not be, in this round. */
  private final Set<JobKey> gangsTried = new HashSet<>();

  SupposedWorld(Snapshot snapshot, InstanceTypes types) {
    this.snapshot = snapshot;
    this.planner = new Planner(types);
    this.supplies = new TreeMap<>(Supply.of(snapshot, types));
    for (Supply supply : supplies.values()) {
      vcpus.put(supply.name(), supply.vcpus());
      supply.hosts().forEach(host -> suppose(supply, host));
      for (Fleet.Intent intent : supply.fleet().intents()) {
        supply
            .type(intent.instanceType())
            .or(() -> types.find(intent.instanceType()))
            .ifPresent(type -> imagine(supply, type, intent.count()));
      }
    }
  }

  private void suppose(Supply supply, Host host) {
    if (host.state() != State.BOOTING) {
      supposed.add(host);
    } else if (supply.environment().managed() != null
        && snapshot.now() - host.launchedAt() > CapacityPlanner.BOOT_LIMIT.toMillis()) {
      expired.add(host.id());
    } else {
      supposed.add(
          new Host(
              host.id(),
              State.ACTIVE,
              host.instanceType(),
              host.capacity(),
              host.containerInstance(),
              host.launchedAt(),
              host.lastReleasedAt(),
              host.reservations(),
              host.version()));
    }
  }

  private void imagine(Supply supply, InstanceType type, int count) {
    for (int i = 0; i < count; i++) {
      imagined++;
      HostId id = new HostId(supply.name(), IMAGINED + "%06d".formatted(imagined));
      supposed.add(
          new Host(
              id, State.ACTIVE, type.name(), type.usable(), null, snapshot.now(), 0, Set.of(), 1));
    }
  }

  /** Jobs of a queue that ask for the same. */
  private record Group(String queue, Shape shape) {}

  /**
   * Launches for all demand that finds no room in the supposed world, as far as it may; what the
   * planner makes of that world.
   */
  Plan meetDemand() {
    note(planner.plan(snapshot));
    Set<Group> givenUp = new HashSet<>();
    Plan plan = planner.plan(snapshot.with(supposed, Map.of()));
    for (int i = 0; i < MOST_PASSES && launchForWaiting(plan, givenUp); i++) {
      plan = planner.plan(snapshot.with(supposed, Map.of()));
    }
    note(plan);
    return plan;
  }

  private void note(Plan plan) {
    for (Placement placement : plan.placements()) {
      needed.add(placement.host());
    }
    plan.gangs().forEach(gang -> needed.addAll(gang.hosts()));
  }

  /**
   * Launches for what this plan leaves waiting, in its order, as far as it does not fit beside
   * other jobs on what was just bought. True when something was launched: then the planner must be
   * asked again.
   */
  private boolean launchForWaiting(Plan plan, Set<Group> givenUp) {
    spare.clear();
    promised.clear();
    Map<Integer, Promise> promises = new HashMap<>();
    plan.promises().forEach(promise -> promises.put(promise.demand(), promise));
    Map<Group, Integer> waiting = new LinkedHashMap<>();
    List<Hold> helped =
        plan.holds().stream().filter(hold -> hold.reason().isHelpedByHosts()).toList();
    for (Hold hold : helped) {
      Demand demand = snapshot.demands().get(hold.demand());
      NodeGroups nodes = demand.nodes();
      Promise promise = promises.get(hold.demand());
      if (nodes == null) {
        waiting.merge(new Group(demand.queue(), demand.shape()), hold.count(), Integer::sum);
      }
      if (nodes != null || promise != null) {
        if (launchAll(waiting, givenUp)) {
          return true;
        }
        waiting.clear();
      }
      // One at a time: what is bought for it may serve the next one as well.
      if (nodes != null && launchGang(demand, nodes, plan)) {
        return true;
      }
      if (promise != null) {
        promised.merge(promise.environment(), promise.vcpus(), Integer::sum);
      }
    }
    return launchAll(waiting, givenUp);
  }

  private boolean launchAll(Map<Group, Integer> waiting, Set<Group> givenUp) {
    boolean launched = false;
    for (Map.Entry<Group, Integer> entry : waiting.entrySet()) {
      Group group = entry.getKey();
      if (!givenUp.contains(group)) {
        int left = entry.getValue() - useSpare(group, entry.getValue());
        if (left > 0 && launchFor(group, left)) {
          launched = true;
        } else if (left > 0) {
          givenUp.add(group);
        }
      }
    }
    return launched;
  }

  /** Puts up to so many jobs beside others on what was just bought; how many. */
  private int useSpare(Group group, int count) {
    int used = 0;
    for (Supply supply : suppliesOf(group.queue())) {
      List<Shape> rooms = spare.getOrDefault(supply.name(), List.of());
      for (int i = 0; i < rooms.size() && used < count; i++) {
        int fitting = group.shape().timesIn(rooms.get(i), count - used);
        rooms.set(i, rooms.get(i).minus(group.shape().times(fitting)));
        used += fitting;
      }
    }
    return used;
  }

  /** True when something was launched; otherwise notes why nothing was. */
  private boolean launchFor(Group group, int count) {
    List<Unmet> inVain = new ArrayList<>();
    int left = count;
    for (Supply supply : suppliesOf(group.queue())) {
      if (left > 0) {
        int before = left;
        left -= buy(supply, group.shape(), left);
        if (left == before) {
          Why why = whyNot(supply, group.shape());
          inVain.add(new Unmet(supply.name(), group.queue(), group.shape(), left, why));
        }
      }
    }
    if (left == count) {
      unmet.addAll(inVain);
    }
    return left < count;
  }

  /** Launches all hosts that a multi-node job lacks in one environment, or none. */
  private boolean launchGang(Demand demand, NodeGroups nodes, Plan plan) {
    if (!gangsTried.add(demand.first())) {
      return false;
    }
    List<Supply> able =
        suppliesOf(demand.queue()).stream()
            .filter(supply -> supply.takesGangs() && supply.couldTakeGang(nodes))
            .filter(supply -> supply.environment().takesJobs())
            .toList();
    for (Supply supply : able) {
      List<Shape> missing = Gangs.fit(nodes, unused(supply, plan)).missing();
      List<Purchase> purchases = new GangPurchase(supply, nodes).of(missing, headroom(supply));
      if (!purchases.isEmpty()) {
        purchases.forEach(purchase -> launch(supply, purchase));
        return true;
      }
    }
    for (Supply supply : able) {
      List<Shape> missing = Gangs.fit(nodes, unused(supply, plan)).missing();
      Why why = new GangPurchase(supply, nodes).whyNot(missing);
      unmet.add(new Unmet(supply.name(), demand.queue(), demand.shape(), 1, why));
    }
    return false;
  }

  /** Hosts of an environment that are empty, also when this plan has come about. */
  private List<Host> unused(Supply supply, Plan plan) {
    Set<HostId> used = new HashSet<>();
    plan.placements().forEach(placement -> used.add(placement.host()));
    plan.gangs().forEach(gang -> used.addAll(gang.hosts()));
    return supposed.stream()
        .filter(host -> host.id().environment().equals(supply.name()))
        .filter(host -> host.state() == State.ACTIVE && host.reservations().isEmpty())
        .filter(host -> !used.contains(host.id()))
        .toList();
  }

  private List<Supply> suppliesOf(String name) {
    return snapshot.queues().stream()
        .filter(queue -> queue.name().equals(name))
        .map(JobQueue::environments)
        .flatMap(List::stream)
        .filter(supplies::containsKey)
        .map(supplies::get)
        .toList();
  }

  private Why whyNot(Supply supply, Shape shape) {
    if (supply.environment().managed() == null) {
      return Why.UNMANAGED;
    }
    return supply.environment().takesJobs()
        ? new Buyer(supply).whyNot(shape, headroom(supply))
        : Why.TAKES_NO_JOBS;
  }

  /** Buys hosts for as many of these jobs as it may; for how many. */
  private int buy(Supply supply, Shape shape, int count) {
    return supply.environment().takesJobs() ? buyWhilePossible(supply, shape, count) : 0;
  }

  private int buyWhilePossible(Supply supply, Shape shape, int count) {
    int left = count;
    while (left > 0) {
      Optional<Purchase> purchase = new Buyer(supply).choose(shape, left, headroom(supply));
      if (purchase.isEmpty()) {
        break;
      }
      launch(supply, purchase.get());
      spare
          .computeIfAbsent(supply.name(), _ -> new ArrayList<>())
          .addAll(purchase.get().spare(shape));
      left -= purchase.get().served();
    }
    return count - left;
  }

  private int headroom(Supply supply) {
    return supply.maxVcpus()
        - vcpus.getOrDefault(supply.name(), 0)
        - promised.getOrDefault(supply.name(), 0);
  }

  private void launch(Supply supply, Purchase purchase) {
    InstanceType type = purchase.type();
    int vcpusOfOne = type.usable().vcpus();
    launches.merge(
        supply.name() + "/" + type.name(),
        new Launch(supply.name(), type.name(), purchase.hosts(), vcpusOfOne),
        (one, more) ->
            new Launch(
                one.environment(), one.instanceType(), one.count() + more.count(), one.vcpus()));
    vcpus.merge(supply.name(), purchase.hosts() * vcpusOfOne, Integer::sum);
    imagine(supply, type, purchase.hosts());
  }

  /** Launches what environments lack of their minimum, after demand has had its choice. */
  void keepMinimum() {
    // The minimum is due whoever waits.
    promised.clear();
    for (Supply supply : supplies.values()) {
      int present =
          supposed.stream()
              .filter(host -> host.id().environment().equals(supply.name()))
              .filter(host -> host.state() == State.ACTIVE)
              .mapToInt(host -> host.capacity().vcpus())
              .sum();
      int missing = Floor.toLaunch(supply.environment(), snapshot.now()) - present;
      if (missing > 0) {
        buyWhilePossible(supply, new Shape(1, 0, 0), missing);
      }
    }
  }

  Map<String, Supply> supplies() {
    return supplies;
  }

  List<Launch> launches() {
    return List.copyOf(launches.values());
  }

  List<HostId> expired() {
    return expired;
  }

  List<Unmet> unmet() {
    return unmet;
  }

  /** Hosts that the planner has work for, now or when the supposed ones are there. */
  Set<HostId> needed() {
    return needed;
  }
}
