package dev.longshore.functions.wiring;

import dagger.Module;
import dagger.Provides;
import dev.longshore.core.capacity.CapacityPlanner;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.usecase.CapacityRound;
import dev.longshore.core.usecase.Observe;
import dev.longshore.core.usecase.PortionWork;
import dev.longshore.core.usecase.Progress;
import dev.longshore.core.usecase.PublishEvents;
import dev.longshore.core.usecase.Releases;
import dev.longshore.core.usecase.ScheduleRound;
import dev.longshore.core.usecase.SettleAll;
import dev.longshore.core.usecase.Sweep;
import dev.longshore.core.usecase.TaskStarter;
import dev.longshore.core.usecase.Wakeups;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.time.InstantSource;
import javax.inject.Named;
import javax.inject.Singleton;

/** The use cases behind queues, streams and timers, for any adapters of the ports. */
@Module
public final class ServicesModule {
  private ServicesModule() {}

  @Provides
  static Wakeups wakeups(CatalogStore catalog, Nudges nudges) {
    return new Wakeups(catalog, nudges);
  }

  @Provides
  static SettleResources settleResources(
      CatalogStore catalog, HostStore hosts, JobStore jobs, Clusters clusters) {
    return new SettleResources(catalog, hosts, jobs, clusters);
  }

  @Provides
  static Progress progress(
      JobStore jobs,
      CatalogStore catalog,
      HostStore hosts,
      Wakeups wakeups,
      WorkQueue work,
      SettleResources resources,
      InstantSource clock) {
    return new Progress(jobs, catalog, new Releases(hosts), wakeups, work, resources, clock);
  }

  @Provides
  static PublishEvents publishEvents(JobStore jobs, EventBus bus) {
    return new PublishEvents(jobs, bus);
  }

  /** One for all: it remembers which hosts refused. */
  @Provides
  @Singleton
  static TaskStarter taskStarter(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      TaskRunner runner,
      WorkQueue work,
      InstantSource clock) {
    return new TaskStarter(jobs, hosts, catalog, runner, work, clock);
  }

  @Provides
  static Planner planner(InstanceTypes types) {
    return new Planner(types);
  }

  @Provides
  static ScheduleRound scheduleRound(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      Planner planner,
      TaskStarter starter,
      Nudges nudges,
      InstantSource clock,
      @Named("mostStarts") int mostStarts) {
    return new ScheduleRound(jobs, hosts, catalog, planner, starter, nudges, clock, mostStarts);
  }

  @Provides
  static CapacityRound capacityRound(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      HostLauncher launcher,
      InstanceTypes types,
      CapacityPlanner planner,
      SettleResources resources,
      Nudges nudges,
      InstantSource clock) {
    return new CapacityRound(
        jobs, hosts, catalog, launcher, types, planner, resources, nudges, clock);
  }

  @Provides
  static Observe observe(
      JobStore jobs, HostStore hosts, Wakeups wakeups, WorkQueue work, InstantSource clock) {
    return new Observe(jobs, hosts, wakeups, work, clock);
  }

  @Provides
  static Sweep sweep(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      TaskRunner runner,
      HostLauncher launcher,
      Observe observe,
      TaskStarter starter,
      Wakeups wakeups,
      WorkQueue work,
      InstantSource clock) {
    return new Sweep(
        jobs, hosts, catalog, runner, launcher, observe, starter, wakeups, work, clock);
  }

  @Provides
  static PortionWork portionWork(
      JobStore jobs,
      HostStore hosts,
      Progress progress,
      TaskRunner runner,
      TaskStarter starter,
      Wakeups wakeups,
      WorkQueue work,
      SettleResources resources,
      InstantSource clock) {
    return new PortionWork(jobs, hosts, progress, runner, starter, wakeups, work, resources, clock);
  }

  @Provides
  static SettleAll settleAll(JobStore jobs, CatalogStore catalog, Progress progress, Sweep sweep) {
    return new SettleAll(jobs, catalog, progress, sweep);
  }
}
