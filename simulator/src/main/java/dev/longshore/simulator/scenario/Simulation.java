package dev.longshore.simulator.scenario;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.Written;
import dev.longshore.core.usecase.Observation;
import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Laws;
import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import dev.longshore.simulator.memory.MemoryHostStore;
import dev.longshore.simulator.memory.MemoryJobIds;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.world.Agenda;
import dev.longshore.simulator.world.Behaviour;
import dev.longshore.simulator.world.Bus;
import dev.longshore.simulator.world.Chance;
import dev.longshore.simulator.world.DyingHosts;
import dev.longshore.simulator.world.Events;
import dev.longshore.simulator.world.Fate;
import dev.longshore.simulator.world.Fault;
import dev.longshore.simulator.world.Faults;
import dev.longshore.simulator.world.Invocations;
import dev.longshore.simulator.world.Machines;
import dev.longshore.simulator.world.Overtakers;
import dev.longshore.simulator.world.Publication;
import dev.longshore.simulator.world.Rounds;
import dev.longshore.simulator.world.ServiceProcess;
import dev.longshore.simulator.world.Stream;
import dev.longshore.simulator.world.Tasks;
import dev.longshore.simulator.world.Trace;
import dev.longshore.simulator.world.VirtualClock;
import dev.longshore.simulator.world.Works;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shipped service in a simulated world. A scenario tells clients what to do and lets time pass;
 * every law is checked all along.
 */
public final class Simulation {
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final long SWEEP_MILLIS = 15_000;

  /** The longest that a fault that struck last still has an effect: late and repeated records. */
  private static final Duration AFTERMATH = Duration.ofMinutes(6);

  private final Conditions conditions;
  private final VirtualClock clock = new VirtualClock();
  private final Trace trace;
  private final Agenda agenda;
  private final Faults faults;
  private final Invocations invocations;
  private final Laws laws;
  private final Stream stream;
  private final Publication publication;
  private final Map<String, JobPlan> plans = new HashMap<>();
  private final Tasks tasks;
  private final Machines machines;
  private final Service service;
  private final Clients clients;
  private final ServiceProcess process;
  private final long faultsUntil;
  private int steps;

  /** A world with nothing in it but the catalog of {@link Setting}. */
  public Simulation(Conditions conditions, Alteration alteration, boolean traced) {
    this.conditions = conditions;
    Chance chance = new Chance(conditions.seed() ^ 0x5DEECE66DL);
    this.trace = new Trace(clock, traced);
    this.agenda = new Agenda(clock, chance.split());
    this.faultsUntil = clock.millis() + conditions.faultsFor().toMillis();
    this.faults =
        new Faults(
            clock, chance.split(), conditions.perMille(), faultsUntil, conditions.strikes(), trace);
    this.invocations = new Invocations(clock, agenda, faults, new Others(), trace);
    this.laws = new Laws(clock, calmSince(), this::written);
    this.stream = new Stream(agenda, faults, invocations, this::progress);
    Works works = new Works(agenda, faults, invocations, this::work);
    Rounds rounds =
        new Rounds(agenda, faults, invocations, this::schedulingRound, this::capacityRound);
    Events events = new Events(agenda, faults, invocations, this::observe);
    this.tasks = new Tasks(clock, agenda, faults, events, this::behaviour, laws, trace);
    Setting.Types types = new Setting.Types();
    this.machines = new Machines(agenda, faults, events, types, tasks, laws);
    MemoryCatalogStore catalog = new MemoryCatalogStore(stream, laws);
    Setting.create(catalog, clock.millis());
    Chance lag = chance.split();
    MemoryJobStore jobs =
        new MemoryJobStore(
            clock, RETENTION, () -> lag.skewed(0, conditions.indexLagMillis()), stream, laws);
    Rivals rivals = new Rivals(faults);
    Service.Ports ports =
        new Service.Ports(
            invocations.gate(JobStore.class, rivals.of(jobs)),
            invocations.gate(HostStore.class, rivals.of(new MemoryHostStore(laws))),
            invocations.gate(CatalogStore.class, rivals.of(catalog)),
            new MemoryJobIds(conditions.seed()),
            invocations.gate(TaskRunner.class, new DyingHosts(tasks, agenda, faults, machines)),
            invocations.gate(HostLauncher.class, machines),
            types,
            invocations.gate(WorkQueue.class, works),
            invocations.gate(Nudges.class, rounds),
            invocations.gate(EventBus.class, new Bus(faults, laws::published)),
            invocations.handlersClock());
    this.service = Service.over(ports, alteration);
    this.publication = new Publication(clock, agenda, faults, invocations, service.publisher());
    this.process = new ServiceProcess(agenda, invocations, stream, rounds, service.settleAll());
    this.clients = new Clients(agenda, invocations, service, laws, plans);
    agenda.in(chance.between(0, SWEEP_MILLIS), "sweep", this::sweep);
    new Fate(agenda, faults, machines, process::restart, trace);
  }

  /** Handlers that get the same to do, and hosts and programs that fail just then. */
  private final class Others implements Overtakers {
    @Override
    public void begin(Job read, JobEvent event) {
      agenda.inMemory(
          1,
          "overtake",
          () -> {
            switch (event) {
              // The start may not be repeated so soon, but its host may be gone.
              case JobEvent.DispatchUndone _ ->
                  read.dispatch().ifPresent(dispatch -> machines.dies(dispatch.host()));
              case JobEvent.TimeoutPassed timeout -> tasks.fails(timeout.attempt());
              case JobEvent.DependenciesMet _,
                  JobEvent.DependencyFailed _,
                  JobEvent.Placed _,
                  JobEvent.TaskStarted _,
                  JobEvent.TaskStopped _,
                  JobEvent.StopRequested _,
                  JobEvent.ChildrenClosed _ ->
                  invocations.start(
                      "record again",
                      () -> progress(List.of(new Change.JobChanged(read.key()))),
                      _ -> {});
            }
          });
    }

    @Override
    public boolean isChanged(JobKey key, long version) {
      return laws.job(key)
          .filter(job -> job.version() < version && !(job.state() instanceof JobState.Ended))
          .isEmpty();
    }
  }

  private void written(Written written) {
    publication.add(written);
  }

  private long calmSince() {
    return faultsUntil == VirtualClock.START
        ? VirtualClock.START
        : faultsUntil + AFTERMATH.toMillis();
  }

  private void progress(List<Change> records) {
    service.progress().accept(records);
  }

  private void observe(List<Observation> told) {
    service.observe().accept(told);
  }

  private void work(WorkQueue.Work work) {
    service.work().accept(work);
  }

  private void schedulingRound(String domain) {
    service.schedule().accept(domain);
  }

  private void capacityRound(String domain) {
    service.capacity().accept(domain);
  }

  private Behaviour behaviour(Job job, AttemptKey attempt) {
    JobPlan plan = plans.get(job.spec().name());
    if (plan == null) {
      throw new IllegalArgumentException("nobody submitted " + job);
    }
    return plan.program().of(job.key().index(), attempt.attempt());
  }

  private void sweep() {
    if (!faults.strikes(Fault.TIMER_SKIPS)) {
      invocations.start("sweep", service.sweep(), _ -> {});
    }
    agenda.in(SWEEP_MILLIS, "sweep", this::sweep);
  }

  /** A client submits this job, now. */
  public Simulation submit(JobPlan plan) {
    clients.submit(plan);
    return this;
  }

  /** A client cancels the job, or only the child with this index. */
  public Simulation cancel(String name, int... child) {
    key(name, child).ifPresent(key -> clients.cancel(key, "cancelled by a client"));
    return this;
  }

  /** A client terminates the job, or only the child with this index. */
  public Simulation terminate(String name, int... child) {
    key(name, child).ifPresent(key -> clients.terminate(key, "terminated by a client"));
    return this;
  }

  /** A client stops all these jobs by one call. */
  Simulation stopAll(List<String> names, boolean cancel) {
    List<JobKey> keys = names.stream().flatMap(name -> key(name).stream()).toList();
    clients.stopAll(keys, cancel, "stopped with others");
    return this;
  }

  /**
   * An operator changes something of this name; it is tried again while it is refused, and before
   * the next change of the same name.
   */
  Simulation operate(String resource, Consumer<Service> change) {
    clients.operate(resource, change);
    return this;
  }

  private Optional<JobKey> key(String name, int... child) {
    return clients
        .id(name)
        .map(id -> child.length == 0 ? JobKey.whole(id) : JobKey.child(id, child[0]));
  }

  /** The service is killed and started again, as it runs on one machine. */
  public Simulation restart() {
    process.restart();
    return this;
  }

  /** The Spot capacity that the job runs on is taken back two minutes from now. */
  public Simulation reclaimHostOf(String name) {
    machines.isReclaimed(job(name).dispatch().orElseThrow().host());
    return this;
  }

  /** The host that the job runs on is out of contact for so long; without an end for null. */
  public Simulation cutOffHostOf(String name, @Nullable Duration outage) {
    long millis = outage == null ? Machines.FOREVER : outage.toMillis();
    machines.losesContact(job(name).dispatch().orElseThrow().host(), millis);
    return this;
  }

  /** Something happens after this time, counted from now. */
  public Simulation later(Duration delay, Runnable what) {
    agenda.in(delay.toMillis(), "scenario", what);
    return this;
  }

  /** Lets so much time pass. */
  public Simulation advance(Duration time) {
    long until = clock.millis() + time.toMillis();
    while (clock.millis() < until) {
      step();
    }
    return this;
  }

  /** Lets time pass until all jobs are over and all hosts gone, then checks what must be then. */
  public Simulation runUntilQuiet() {
    long deadline = Math.max(clock.millis(), faultsUntil) + conditions.patience().toMillis();
    long look = clock.millis();
    while (clock.millis() < deadline) {
      step();
      if (clock.millis() >= look) {
        look = clock.millis() + SWEEP_MILLIS;
        if (!faults.active() && clients.areDone() && laws.quiet() && publication.isUpToDate()) {
          break;
        }
      }
    }
    invocations.abandonPaused();
    laws.atTheEnd();
    return this;
  }

  private void step() {
    Agenda.Entry next = agenda.next();
    steps++;
    try {
      next.action().run();
    } catch (RuntimeException thrown) {
      throw new Violation(Law.HANDLERS_DO_NOT_THROW, next.what() + ": " + thrown, thrown);
    }
  }

  /** The job as it is stored, or a child that has an item. */
  public Job job(String name, int... child) {
    return find(name, child).orElseThrow();
  }

  /** The job as it is stored, if it is; a child only once it has an item. */
  public Optional<Job> find(String name, int... child) {
    return key(name, child).flatMap(laws::job);
  }

  /** A node of a multi-node job, but the main one; empty while it has not begun. */
  public Optional<Job> node(String name, int index) {
    return clients.id(name).flatMap(id -> laws.job(JobKey.node(id, index)));
  }

  /** Milliseconds since the start. */
  public long elapsed() {
    return clock.elapsed();
  }

  /** A client does not submit the job of this name; those that wait for it do not. */
  Simulation leaveOut(String name) {
    clients.leaveOut(name);
    return this;
  }

  /** How often chance wanted something to go wrong. */
  int strikes() {
    return faults.drawn();
  }

  /** What happened, if this run is traced. */
  public List<String> trace() {
    return trace.lines();
  }

  /** What this run was worth. */
  public Report report() {
    return new Report(
        conditions.seed(),
        clients.accepted(),
        laws.jobs().size(),
        steps,
        invocations.calls(),
        stream.records(),
        clock.elapsed(),
        faults.counts(),
        laws.coverage());
  }
}
