package dev.longshore.simulator.scenario;

import dev.longshore.core.capacity.CapacityPlanner;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.usecase.CapacityRound;
import dev.longshore.core.usecase.Observation;
import dev.longshore.core.usecase.Observe;
import dev.longshore.core.usecase.PortionWork;
import dev.longshore.core.usecase.Progress;
import dev.longshore.core.usecase.PublishEvents;
import dev.longshore.core.usecase.Releases;
import dev.longshore.core.usecase.ScheduleRound;
import dev.longshore.core.usecase.SettleAll;
import dev.longshore.core.usecase.StopJob;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.usecase.Sweep;
import dev.longshore.core.usecase.TaskStarter;
import dev.longshore.core.usecase.Wakeups;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.usecase.catalog.Policies;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.SettleResources;
import dev.longshore.simulator.world.Publication.Publisher;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The shipped use cases over these ports, wired as the handlers wire them.
 *
 * @param submit SubmitJob
 * @param stop CancelJob and TerminateJob
 * @param progress stream records
 * @param observe task and host events
 * @param work portions of work
 * @param schedule a round of a domain
 * @param capacity a round of a domain
 * @param sweep the timer
 * @param settleAll the start of a service that runs in one process
 * @param publisher what publishes events, new for each process
 * @param queues what operators do to queues
 * @param environments what they do to environments
 * @param policies what they do to scheduling policies
 */
record Service(
    SubmitJob submit,
    StopJob stop,
    Consumer<List<Change>> progress,
    Consumer<List<Observation>> observe,
    Consumer<WorkQueue.Work> work,
    Consumer<String> schedule,
    Consumer<String> capacity,
    Runnable sweep,
    Runnable settleAll,
    Supplier<Publisher> publisher,
    Queues queues,
    Environments environments,
    Policies policies) {

  /** What the use cases stand on. */
  record Ports(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      JobIds ids,
      TaskRunner tasks,
      HostLauncher launcher,
      InstanceTypes types,
      WorkQueue work,
      Nudges nudges,
      EventBus bus,
      InstantSource clock) {}

  static Service over(Ports ports, Alteration alteration) {
    InstantSource clock = ports.clock();
    JobStore jobs = alteration.jobs(ports.jobs());
    HostStore hosts = alteration.hosts(ports.hosts());
    TaskRunner tasks = alteration.tasks(ports.tasks());
    JobStore scheduled = alteration.jobsOfScheduler(jobs);
    CatalogStore catalog = alteration.catalog(ports.catalog());
    WorkQueue work = ports.work();
    Wakeups wakeups = new Wakeups(catalog, ports.nudges());
    SettleResources resources = new SettleResources(catalog, hosts, jobs);
    TaskStarter starter = new TaskStarter(jobs, hosts, catalog, tasks, work, clock);
    Progress progress =
        new Progress(jobs, catalog, new Releases(hosts), wakeups, work, resources, clock);
    Observe observe = new Observe(jobs, hosts, wakeups, work, clock);
    PortionWork portions =
        new PortionWork(jobs, hosts, progress, tasks, starter, wakeups, work, resources, clock);
    ScheduleRound schedule =
        new ScheduleRound(
            scheduled, hosts, catalog, new Planner(ports.types()), starter, ports.nudges(), clock);
    CapacityRound capacity =
        new CapacityRound(
            jobs,
            hosts,
            catalog,
            ports.launcher(),
            ports.types(),
            new CapacityPlanner(),
            resources,
            ports.nudges(),
            clock);
    Sweep sweep =
        new Sweep(
            jobs, hosts, catalog, tasks, ports.launcher(), observe, starter, wakeups, work, clock);
    return new Service(
        new SubmitJob(jobs, catalog, ports.ids(), clock),
        new StopJob(jobs, clock),
        alteration.progress(progress::advance, jobs),
        alteration.observe(observe::on, jobs),
        portions::handle,
        schedule::run,
        capacity::run,
        sweep::run,
        alteration.settleAll(new SettleAll(jobs, catalog, progress, sweep)::run),
        () -> new PublishEvents(jobs, ports.bus())::publish,
        new Queues(catalog, ports.types(), clock),
        new Environments(catalog, hosts, ports.types(), clock),
        new Policies(catalog));
  }
}
