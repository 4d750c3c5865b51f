package dev.longshore.core.usecase;

import dev.longshore.core.capacity.CapacityPlan;
import dev.longshore.core.capacity.CapacityPlan.Launch;
import dev.longshore.core.capacity.CapacityPlanner;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Fleet.Intent;
import dev.longshore.core.model.Fleet.Shortage;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostLauncher.Launched;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One capacity round of a domain: launch what is short, drain what is idle, clear away what is
 * gone. An intent is stored before a launch and removed after its hosts are recorded; a crash
 * repeats the launch with the same token ({@code data-model} 7).
 */
public final class CapacityRound {
  private static final long SHORTAGE_MILLIS = 300_000;

  private final Snapshots snapshots;
  private final LookAhead ahead;
  private final HostStore hosts;
  private final CatalogStore catalog;
  private final HostLauncher launcher;
  private final InstanceTypes types;
  private final CapacityPlanner planner;
  private final SettleResources resources;
  private final Joins joins;
  private final Strays strays;
  private final Wakeups wakeups;
  private final Nudges nudges;
  private final InstantSource clock;

  public CapacityRound(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      HostLauncher launcher,
      InstanceTypes types,
      CapacityPlanner planner,
      SettleResources resources,
      Nudges nudges,
      InstantSource clock) {
    this.snapshots = new Snapshots(jobs, hosts, catalog);
    this.ahead = new LookAhead(snapshots, catalog, LineSearch.Reader.CAPACITY);
    this.hosts = hosts;
    this.catalog = catalog;
    this.launcher = launcher;
    this.types = types;
    this.planner = planner;
    this.resources = resources;
    this.joins = new Joins(hosts, catalog, resources);
    this.strays = new Strays(hosts, catalog, launcher);
    this.wakeups = new Wakeups(catalog, nudges);
    this.nudges = nudges;
    this.clock = clock;
  }

  /** What hosts are launched for: what is left below a maximum is left for whom a host fits. */
  private record Launches(CapacityPlanner planner, InstanceTypes types)
      implements LookAhead.Plans<CapacityPlan> {
    @Override
    public CapacityPlan plan(Snapshot snapshot) {
      return planner.plan(snapshot, types);
    }

    @Override
    public Plan outcome(CapacityPlan plan) {
      return plan.supposed();
    }

    @Override
    public boolean isLeft(JobQueue queue, Snapshot snapshot, CapacityPlan plan) {
      return snapshot.environments().stream()
          .filter(environment -> queue.environments().contains(environment.name()))
          .anyMatch(it -> Headroom.isIn(it, snapshot, launching(plan, it.name())));
    }

    private static int launching(CapacityPlan plan, String environment) {
      return plan.launches().stream()
          .filter(launch -> launch.environment().equals(environment))
          .mapToInt(launch -> launch.count() * launch.vcpus())
          .sum();
    }
  }

  /** Runs a round of the domain that this name means now; an unknown one is no error. */
  public void run(String domain) {
    wakeups.domains().named(domain).ifPresent(this::run);
  }

  private void run(Domains.Domain domain) {
    long now = clock.millis();
    for (String environment : domain.environments()) {
      finishIntents(environment, now);
    }
    LookAhead.Planned<CapacityPlan> planned =
        ahead.plan(
            snapshots.read(domain, true, Set.of(), Set.of(), now), new Launches(planner, types));
    Snapshot snapshot = planned.view().snapshot();
    CapacityPlan plan = planned.plan();
    if (joins.giveUp(plan.expired(), now)) {
      // What is launched instead the next round decides: the environment may be INVALID now.
      nudges.capacity(domain.name());
    }
    Set<String> launching = intend(plan.launches(), snapshot, now);
    for (String environment : launching) {
      finishIntents(environment, now);
    }
    plan.drains().forEach(this::drain);
    for (String environment : domain.environments()) {
      strays.inDeleted(environment, now);
      clearAway(environment, now);
      // One that is being deleted goes with its last host.
      resources.settleEnvironment(environment);
    }
    if (!launching.isEmpty()) {
      nudges.scheduler(domain.name());
    }
  }

  /**
   * Stores what is about to be launched, unless another round launched since the snapshot was read;
   * the environments for which that worked.
   */
  private Set<String> intend(List<Launch> launches, Snapshot snapshot, long now) {
    Set<String> environments = new TreeSet<>();
    launches.forEach(launch -> environments.add(launch.environment()));
    environments.removeIf(environment -> {
      Fleet before = snapshot.fleet(environment);
      if (!before.intents().isEmpty()) {
        // Another round is launching here; what it brings was not in our snapshot.
        return true;
      }
      List<Intent> intents = new ArrayList<>();
      for (Launch launch : launches) {
        if (launch.environment().equals(environment)) {
          // New for each decision, also in an environment that was made again; its repeats
          // read it here.
          String token = environment + "/" + now + "/" + intents.size();
          intents.add(
              new Intent(token, launch.instanceType(), launch.count(), launch.vcpus(), now));
        }
      }
      return !hosts.saveFleet(before.with(intents, current(before, now)));
    });
    return environments;
  }

  private static List<Shortage> current(Fleet fleet, long now) {
    return fleet.shortages().stream().filter(shortage -> shortage.until() > now).toList();
  }

  /** Launches what is intended, records the hosts, then removes the intents. */
  private void finishIntents(String environment, long now) {
    Fleet fleet = hosts.fleet(environment);
    if (fleet.intents().isEmpty()) {
      return;
    }
    Optional<ComputeEnvironment> found = catalog.environment(environment);
    ComputeEnvironment.Managed managed = found.map(ComputeEnvironment::managed).orElse(null);
    List<Shortage> shortages = new ArrayList<>(current(fleet, now));
    for (Intent intent : fleet.intents()) {
      if (managed == null) {
        continue;
      }
      Launched launched =
          launcher.launch(
              new HostLauncher.Launch(
                  intent.token(),
                  environment,
                  managed.market(),
                  intent.instanceType(),
                  intent.count()));
      launched.instances().forEach(instance -> record(environment, instance, intent, now));
      if (!launched.fault().isEmpty()) {
        resources.invalidate(found.orElseThrow(), launched.fault());
      }
      if (!launched.shortage().isEmpty()) {
        shortages.add(
            new Shortage(intent.instanceType(), launched.shortage(), now + SHORTAGE_MILLIS));
      }
    }
    hosts.saveFleet(fleet.with(List.of(), shortages));
  }

  private void record(String environment, String instance, Intent intent, long now) {
    Shape expected =
        types
            .find(intent.instanceType())
            .map(InstanceTypes.InstanceType::usable)
            .orElse(new Shape(intent.vcpus(), 0, 0));
    hosts.create(
        new Host(
            new HostId(environment, instance),
            Host.State.BOOTING,
            intent.instanceType(),
            expected,
            null,
            now,
            0,
            Set.of(),
            1));
  }

  /** No job may be placed in between: reserving checks the state that this write changes. */
  private void drain(HostId id) {
    Optional<Host> host = hosts.find(id);
    if (host.isEmpty() || host.get().isLeaving()) {
      return;
    }
    Host draining = host.get().in(Host.State.DRAINING);
    boolean deleted =
        catalog
            .environment(id.environment())
            .filter(environment -> environment.status() != ResourceStatus.DELETING)
            .isEmpty();
    if (deleted) {
      // Its jobs run to their end; nothing new comes.
      hosts.save(draining);
    } else {
      hosts.saveIfEmpty(draining);
    }
  }

  /** Terminates empty hosts that drain, and lost ones as they are; removes what is gone. */
  private void clearAway(String environment, long now) {
    // Instances that we terminate never come back. Others may: their users stop and start them, or
    // register them again, and then they report again.
    boolean returns =
        catalog.environment(environment).filter(found -> found.managed() == null).isPresent();
    for (Host host : hosts.hosts(environment)) {
      boolean over = host.isLeaving() || host.state() == Host.State.GONE;
      boolean empty = host.reservations().isEmpty();
      if (over && (empty || host.state() == Host.State.LOST)) {
        launcher.terminate(host.id());
      }
      if (over && empty) {
        hosts.remove(host.id(), returns ? now : Long.MAX_VALUE, now);
      }
    }
  }
}
