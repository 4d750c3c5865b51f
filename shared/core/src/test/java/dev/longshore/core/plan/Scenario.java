package dev.longshore.core.plan;

import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A world told in a few lines. Jobs are submitted in the order in which they are told; hosts were
 * launched an hour ago and have been idle since.
 */
public final class Scenario {
  /** The time at which everything is decided. */
  public static final long NOW = 1_800_000_000_000L;

  /** One hour earlier. */
  public static final long EARLIER = NOW - 3_600_000;

  /** A family of three sizes, one with more memory, and one with a GPU. */
  public static final InstanceTypes TYPES =
      new InstanceCatalog(
          List.of(
              new InstanceType("m.small", shape(2, 7_000), false, 0.10),
              new InstanceType("m.large", shape(8, 28_000), false, 0.40),
              new InstanceType("m.huge", shape(32, 112_000), false, 1.60),
              new InstanceType("r.large", shape(8, 60_000), false, 0.50),
              new InstanceType("g.large", new Shape(8, 28_000, 1), false, 1.20)));

  private final List<JobQueue> queues = new ArrayList<>();
  private final Map<String, ComputeEnvironment> environments = new LinkedHashMap<>();
  private final Map<HostId, Host> hosts = new LinkedHashMap<>();
  private final List<Demand> demands = new ArrayList<>();
  private final Map<String, Fleet> fleets = new HashMap<>();
  private final Set<HostId> suspects = new HashSet<>();
  private final Map<String, FairQueue> fair = new HashMap<>();
  private final Map<String, ConsumableResource> consumables = new HashMap<>();
  private int submitted;
  private int running;

  /** vCPUs and MiB, no GPU. */
  public static Shape shape(int vcpus, int memoryMib) {
    return new Shape(vcpus, memoryMib, 0);
  }

  /** Queues with higher numbers are more important. */
  public Scenario queue(String name, int priority, String... environmentNames) {
    List<String> names = List.of(environmentNames);
    queues.add(
        new JobQueue(
            name,
            true,
            ResourceStatus.VALID,
            "",
            priority,
            names,
            names.stream().map(names::indexOf).toList(),
            null,
            List.of(),
            Map.of(),
            EARLIER,
            1));
    return this;
  }

  /** A managed On-Demand environment with BEST_FIT_PROGRESSIVE. */
  public Scenario managed(String name, int minVcpus, int maxVcpus, String... types) {
    return environment(
        name,
        new Managed(
            Market.ON_DEMAND, minVcpus, maxVcpus, 0, List.of(types), "BEST_FIT_PROGRESSIVE"));
  }

  /** A managed On-Demand environment with BEST_FIT. */
  public Scenario bestFit(String name, int minVcpus, int maxVcpus, String... types) {
    return environment(
        name, new Managed(Market.ON_DEMAND, minVcpus, maxVcpus, 0, List.of(types), "BEST_FIT"));
  }

  /** A managed environment. */
  public Scenario environment(String name, Managed managed) {
    environments.put(
        name,
        new ComputeEnvironment(
            name, true, ResourceStatus.VALID, "", managed, 0, "{}", Map.of(), EARLIER, 1));
    return this;
  }

  /** An environment whose hosts users register. */
  public Scenario unmanaged(String name) {
    environments.put(
        name,
        new ComputeEnvironment(
            name, true, ResourceStatus.VALID, "", null, 0, "{}", Map.of(), EARLIER, 1));
    return this;
  }

  /** The environment told before gets another state, status and time of creation. */
  public Scenario but(String name, boolean enabled, ResourceStatus status, long createdAt) {
    environments.computeIfPresent(
        name,
        (_, it) ->
            new ComputeEnvironment(
                name,
                enabled,
                status,
                status == ResourceStatus.INVALID ? "CLIENT_ERROR - no role" : "",
                it.managed(),
                0,
                "{}",
                Map.of(),
                createdAt,
                1));
    return this;
  }

  /** The environment told before is disabled. */
  public Scenario disabled(String name) {
    return but(name, false, ResourceStatus.VALID, EARLIER);
  }

  /** The environment told before is invalid. */
  public Scenario invalid(String name) {
    return but(name, true, ResourceStatus.INVALID, EARLIER);
  }

  /** An ACTIVE host of a type, with jobs of these shapes on it. */
  public Scenario host(String environment, String id, String type, Shape... jobs) {
    Set<Reservation> taken = new HashSet<>();
    for (Shape job : jobs) {
      running++;
      AttemptKey attempt = new AttemptKey(JobKey.whole(jobId(1_000_000 + running)), 1, 0);
      taken.add(new Reservation(attempt, job, (int) (EARLIER / 60_000), 0));
    }
    HostId hostId = new HostId(environment, id);
    Shape capacity = TYPES.find(type).orElseThrow().usable();
    Host host = new Host(hostId, State.ACTIVE, type, capacity, "ci-" + id, EARLIER, 0, taken, 1);
    hosts.put(hostId, host);
    return this;
  }

  /** The host told before registered with this capacity. */
  public Scenario registered(String environment, String id, Shape capacity) {
    return change(
        environment,
        id,
        it ->
            new Host(
                it.id(),
                it.state(),
                it.instanceType(),
                capacity,
                it.containerInstance(),
                it.launchedAt(),
                it.lastReleasedAt(),
                it.reservations(),
                it.version()));
  }

  /** The host told before is in another state; a booting one is not registered. */
  public Scenario in(State state, String environment, String id) {
    return change(
        environment,
        id,
        it ->
            new Host(
                it.id(),
                state,
                it.instanceType(),
                it.capacity(),
                state == State.BOOTING ? null : it.containerInstance(),
                state == State.BOOTING ? NOW - 60_000 : it.launchedAt(),
                it.lastReleasedAt(),
                it.reservations(),
                it.version()));
  }

  /** The host told before was launched, and had its last job, so many seconds ago. */
  public Scenario idleFor(String environment, String id, long seconds) {
    return change(
        environment,
        id,
        it ->
            new Host(
                it.id(),
                it.state(),
                it.instanceType(),
                it.capacity(),
                it.containerInstance(),
                NOW - seconds * 1000,
                NOW - seconds * 1000,
                it.reservations(),
                it.version()));
  }

  private Scenario change(String environment, String id, UnaryOperator<Host> change) {
    hosts.computeIfPresent(new HostId(environment, id), (_, host) -> change.apply(host));
    return this;
  }

  /** The host told before refused a task a moment ago. */
  public Scenario suspect(String environment, String id) {
    suspects.add(new HostId(environment, id));
    return this;
  }

  /** A launch under way. */
  public Scenario intent(String environment, String type, int count) {
    int vcpus = TYPES.find(type).orElseThrow().usable().vcpus();
    Fleet fleet = fleets.getOrDefault(environment, Fleet.none(environment));
    List<Fleet.Intent> intents = new ArrayList<>(fleet.intents());
    intents.add(new Fleet.Intent("token-" + intents.size(), type, count, vcpus, NOW - 1000));
    fleets.put(environment, new Fleet(environment, intents, fleet.shortages(), 1));
    return this;
  }

  /** A type that was refused and is not asked for until {@code until}. */
  public Scenario shortage(String environment, String type, long until) {
    Fleet fleet = fleets.getOrDefault(environment, Fleet.none(environment));
    List<Fleet.Shortage> shortages = new ArrayList<>(fleet.shortages());
    shortages.add(new Fleet.Shortage(type, "InsufficientInstanceCapacity", until));
    fleets.put(environment, new Fleet(environment, fleet.intents(), shortages, 1));
    return this;
  }

  /** So many jobs of a shape are submitted to a queue. */
  public Scenario jobs(String queue, int count, Shape shape) {
    return jobs(queue, count, shape, false);
  }

  /** A job that was submitted now but ran before. */
  public Scenario retry(String queue, Shape shape) {
    return jobs(queue, 1, shape, true);
  }

  /** A multi-node job whose nodes all ask for this much. */
  public Scenario gang(String queue, int nodes, Shape shape) {
    return gang(queue, shape, new NodeGroups(0, List.of(new Group(nodes, shape)), null));
  }

  /** A multi-node job. */
  public Scenario gang(String queue, Shape main, NodeGroups nodes, Need... needs) {
    submitted++;
    JobId id = jobId(submitted);
    Position order = new Position(EARLIER + submitted, id);
    demands.add(
        new Demand(queue, main, 1, JobKey.whole(id), order, false, List.of(needs), null, 0, nodes));
    return this;
  }

  /** So many jobs that take of consumable resources are submitted to a queue. */
  public Scenario needing(String queue, int count, Shape shape, Need... needs) {
    return jobs(queue, count, shape, false, needs);
  }

  /** There is this consumable resource. */
  public Scenario consumable(ConsumableResource resource) {
    consumables.put(resource.name(), resource);
    return this;
  }

  private Scenario jobs(String queue, int count, Shape shape, boolean retry, Need... needs) {
    submitted++;
    JobId id = jobId(submitted);
    Position order = new Position(EARLIER + submitted, id);
    demands.add(new Demand(queue, shape, count, JobKey.whole(id), order, retry, List.of(needs)));
    return this;
  }

  private static JobId jobId(long number) {
    return new JobId(new UUID(0, number));
  }

  /** The queue told before is divided like this; what shares had is empty unless told. */
  public Scenario fair(String queue, FairShare policy) {
    fair.put(queue, new FairQueue(policy, Map.of(), Set.of()));
    return this;
  }

  /** A share of this queue held so many vCPUs on average until now. */
  public Scenario had(String queue, String share, double vcpus) {
    fair.computeIfPresent(
        queue,
        (_, it) -> {
          Map<String, Double> recent = new HashMap<>(it.recent());
          recent.put(share, vcpus);
          Set<String> active = new HashSet<>(it.active());
          active.add(share);
          return new FairQueue(it.policy(), recent, active);
        });
    return this;
  }

  /** So many jobs of a share of a fair-share queue. */
  public Scenario share(String queue, String share, int priority, int count, Shape shape) {
    submitted++;
    JobId id = jobId(submitted);
    Position order = new Position(EARLIER + submitted, id);
    demands.add(
        new Demand(
            queue, shape, count, JobKey.whole(id), order, false, List.of(), share, priority));
    return this;
  }

  /** Jobs of a share of a queue run on the host told before. */
  public Scenario holding(
      String environment, String id, String queue, String share, Shape... jobs) {
    return change(
        environment,
        id,
        it -> {
          Set<Reservation> taken = new HashSet<>(it.reservations());
          for (Shape job : jobs) {
            running++;
            AttemptKey attempt = new AttemptKey(JobKey.whole(jobId(2_000_000 + running)), 1, 0);
            int payer = Reservation.payer(queue, share);
            taken.add(new Reservation(attempt, job, (int) (EARLIER / 60_000), 0, payer));
          }
          return new Host(
              it.id(),
              it.state(),
              it.instanceType(),
              it.capacity(),
              it.containerInstance(),
              it.launchedAt(),
              it.lastReleasedAt(),
              taken,
              it.version());
        });
  }

  /** All that was told. */
  public Snapshot snapshot() {
    return new Snapshot(
        NOW,
        queues,
        List.copyOf(environments.values()),
        List.copyOf(hosts.values()),
        demands,
        fleets,
        suspects,
        consumables,
        fair);
  }

  /** Which demand went where and how many of its jobs: {@code "0 -> ce/i-1 x2"}. */
  public List<String> placements() {
    return new Planner(TYPES)
        .plan(snapshot()).placements().stream()
            .map(it -> it.demand() + " -> " + it.host() + " x" + it.count())
            .toList();
  }

  /** Which multi-node job got which hosts, by node: {@code "0 -> ce/i-1 ce/i-2"}. */
  public List<String> gangs() {
    return new Planner(TYPES)
        .plan(snapshot()).gangs().stream()
            .map(it ->
                it.demand()
                    + " -> "
                    + it.hosts().stream().map(HostId::toString).collect(Collectors.joining(" ")))
            .toList();
  }

  /** Which demand waits, how many of its jobs, and why: {@code "0 x2: WAITING…"}. */
  public List<String> holds() {
    return new Planner(TYPES)
        .plan(snapshot()).holds().stream()
            .map(it -> it.demand() + " x" + it.count() + ": " + it.text())
            .toList();
  }
}
