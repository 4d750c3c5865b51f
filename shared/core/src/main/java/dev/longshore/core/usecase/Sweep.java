package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.TaskRunner.KnownTask;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is stuck ({@code data-model} 8): attempts past their timeout, starts that were never
 * made, room that nobody uses, tasks and hosts that are gone. It reads the hosts, which say since
 * when each attempt holds its room, and so needs no index; it writes only what it finds.
 */
public final class Sweep {
  private static final long MINUTE = 60_000;

  /** A function that dispatches is over after this time, so a start may be repeated. */
  private static final long START_REPEAT_MILLIS = MINUTE;

  /** Room without a job is given back after this time. */
  private static final long ORPHAN_MILLIS = 2 * MINUTE;

  /** A dispatch is gone on with until here: such a sweep is over when others give room back. */
  private static final long GO_ON_MILLIS = ORPHAN_MILLIS - 35_000;

  private static final long YOUNG_MILLIS = 12 * MINUTE;

  private static final int ALL_EVERY_MINUTES = 15;

  /** A fresh instance may be missing in listings for this long. */
  private static final long VISIBLE_MILLIS = 5 * MINUTE;

  private final JobStore jobs;
  private final JobWrites writes;
  private final HostStore hosts;
  private final CatalogStore catalog;
  private final TaskRunner runner;
  private final HostLauncher launcher;
  private final Observe observe;
  private final Orphans orphans;
  private final Strays strays;
  private final ClaimSweep claims;
  private final TaskCare tasks;
  private final NodeCare nodes;
  private final Wakeups wakeups;
  private final WorkQueue work;
  private final InstantSource clock;

  public Sweep(
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
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.hosts = hosts;
    this.catalog = catalog;
    this.runner = runner;
    this.launcher = launcher;
    this.observe = observe;
    this.strays = new Strays(hosts, catalog, launcher);
    this.orphans = new Orphans(jobs, hosts);
    this.claims = new ClaimSweep(jobs, catalog);
    this.tasks = new TaskCare(jobs, runner, starter, work, clock);
    this.nodes = new NodeCare(jobs, hosts, starter, work, clock);
    this.wakeups = wakeups;
    this.work = work;
    this.clock = clock;
  }

  /**
   * One sweep over all environments.
   *
   * @return true while attempts hold room: then the next one should come sooner
   */
  public boolean run() {
    return run(false);
  }

  /**
   * One sweep that takes nothing for granted: every attempt is looked at, whatever its age. Only
   * when no other part of this service is at work, as at the start of a local one.
   */
  public void runAll() {
    run(true);
  }

  private boolean run(boolean all) {
    boolean busy = false;
    long now = clock.millis();
    nodes.sweepBegins();
    boolean thorough = all || now / MINUTE % ALL_EVERY_MINUTES == 0;
    for (ComputeEnvironment environment : catalog.environments()) {
      List<Host> recorded = hosts.hosts(environment.name());
      // Read after the hosts: an instance launched in between must not look lost.
      Set<String> instances =
          environment.managed() == null ? Set.of() : launcher.instances(environment.name());
      if (thorough && environment.managed() != null) {
        strays.record(environment.name(), instances, now);
      }
      if (thorough && !recorded.isEmpty()) {
        // Also when nobody told that contact was lost.
        runner
            .unreachable(environment.name())
            .forEach(host -> work.send(new Work.CheckHost(host, 0), Duration.ZERO));
      }
      for (Host host : recorded) {
        busy |= !host.reservations().isEmpty();
        boolean vanished =
            environment.managed() != null
                && host.state() != Host.State.BOOTING
                && now - host.launchedAt() >= VISIBLE_MILLIS
                && !instances.contains(host.id().instance());
        if (host.state() == Host.State.GONE || vanished) {
          observe.hostGone(host.id());
          giveBackOrphans(host, now, all);
        } else {
          host(host, now, all, thorough);
        }
      }
    }
    claims.run(now, thorough, all);
    wakeups.everything();
    return busy;
  }

  private void host(Host host, long now, boolean all, boolean thorough) {
    List<Reservation> suspicious = new ArrayList<>();
    for (Reservation reservation : host.reservations()) {
      if (all || thorough || isDue(reservation, now)) {
        suspicious.add(reservation);
      }
    }
    suspicious.sort(Reservation.ORDER);
    if (suspicious.isEmpty()) {
      return;
    }
    Map<JobKey, Job> found = find(suspicious);
    Map<String, KnownTask> running = thorough ? running(host.id()) : Map.of();
    for (Reservation reservation : suspicious) {
      Job job = found.get(reservation.attempt().key());
      if (job != null && job.holds(host.id(), reservation)) {
        live(job, reservation, now, all, thorough, running);
      } else if (all || reservation.ageMillis(now) >= ORPHAN_MILLIS) {
        giveBack(host, reservation, job, now);
      } else if (reservation.ageMillis(now) >= START_REPEAT_MILLIS
          && reservation.ageMillis(now) < GO_ON_MILLIS) {
        orphans.goOn(host, reservation).ifPresent(this::startAgain);
      }
    }
  }

  /** What is taken of a host that is gone, but not by an attempt that was live on it. */
  private void giveBackOrphans(Host host, long now, boolean all) {
    List<Reservation> old =
        host.reservations().stream()
            .filter(reservation -> all || reservation.ageMillis(now) >= ORPHAN_MILLIS)
            .sorted(Reservation.ORDER)
            .toList();
    Map<JobKey, Job> found = old.isEmpty() ? Map.of() : find(old);
    for (Reservation reservation : old) {
      Job job = found.get(reservation.attempt().key());
      if (job == null || !job.holds(host.id(), reservation)) {
        giveBack(host, reservation, job, now);
      }
    }
  }

  /** Room of a node is kept while its main node starts: it begins after that one. */
  private void giveBack(Host host, Reservation reservation, @Nullable Job job, long now) {
    if (!nodes.isSpokenFor(host.id(), reservation, job)) {
      orphans.giveBack(host, reservation, now);
    }
  }

  private Map<JobKey, Job> find(List<Reservation> reservations) {
    return jobs.findAll(reservations.stream().map(it -> it.attempt().key()).distinct().toList());
  }

  private static boolean isDue(Reservation reservation, long now) {
    long age = reservation.ageMillis(now);
    boolean young = age >= START_REPEAT_MILLIS && age < YOUNG_MILLIS;
    boolean timeout =
        reservation.timeoutMinutes() > 0
            && now / MINUTE >= reservation.placedAtMinute() + reservation.timeoutMinutes();
    boolean startLimit =
        age >= TaskCare.START_LIMIT_MILLIS && age < TaskCare.START_LIMIT_MILLIS + 2 * MINUTE;
    return young || timeout || startLimit;
  }

  private Map<String, KnownTask> running(HostId host) {
    Map<String, KnownTask> byAttempt = new HashMap<>();
    for (KnownTask task : runner.running(host)) {
      byAttempt.put(task.attempt().text(), task);
    }
    return byAttempt;
  }

  private void live(
      Job job,
      Reservation reservation,
      long now,
      boolean all,
      boolean thorough,
      Map<String, KnownTask> running) {
    long age = reservation.ageMillis(now);
    if (job.key().member() == JobKey.Member.NODE) {
      nodes.sweep(job);
      // Its room was taken long before, with that of the main node.
      age = now - job.dispatch().orElseThrow().placedAt();
    }
    if (job.stop() != null) {
      work.send(new Work.StopTask(job.key()), Duration.ZERO);
    }
    switch (job.state()) {
      case JobState.Starting _ -> {
        if (age >= TaskCare.START_LIMIT_MILLIS) {
          tasks.startLimitPassed(job);
        } else if (job.stop() == null && (all || age >= START_REPEAT_MILLIS)) {
          startAgain(job);
        }
      }
      case JobState.Running _ -> {
        writes.apply(job, new JobEvent.TimeoutPassed(reservation.attempt()), now);
        boolean gone = thorough && !running.containsKey(reservation.attempt().text());
        if (gone && (all || age >= YOUNG_MILLIS)) {
          lostUnlessReported(job);
        }
      }
      case JobState.Pending _, JobState.Runnable _, JobState.Open _, JobState.Ended _ -> {}
    }
  }

  private void startAgain(Job job) {
    work.send(new Work.StartTask(job.key()), Duration.ZERO);
  }

  /** A task that stopped is reported by its own event; one that nobody knows is lost. */
  private void lostUnlessReported(Job job) {
    Dispatch dispatch = job.dispatch().orElseThrow();
    if (runner.tasks(dispatch.keyOf(job.key()), dispatch.host()).isEmpty()) {
      tasks.lost(job);
    }
  }
}
