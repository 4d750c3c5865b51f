package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes in what is reported of tasks and hosts ({@code data-model} 4). All reports of one job in a
 * batch become one write. Reports of another attempt than the live one change nothing; a task that
 * runs under such a key is stopped.
 */
public final class Observe {
  /**
   * What runs on a host that is taken back may go on for so long: then there are 30 s to stop it,
   * and some to spare, before the two minutes are over.
   */
  private static final long RECLAIM_GRACE_MILLIS = 75_000;

  private final JobStore jobs;
  private final JobWrites writes;
  private final HostStore hosts;
  private final Wakeups wakeups;
  private final WorkQueue work;
  private final InstantSource clock;

  public Observe(
      JobStore jobs, HostStore hosts, Wakeups wakeups, WorkQueue work, InstantSource clock) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.hosts = hosts;
    this.wakeups = wakeups;
    this.work = work;
    this.clock = clock;
  }

  /** Takes in these reports, in this order for each job. */
  public void on(Collection<Observation> observations) {
    Map<JobKey, List<Observation>> tasks = new TreeMap<>();
    Set<String> environments = new TreeSet<>();
    for (Observation observation : observations) {
      switch (observation) {
        case Observation.TaskRunning running ->
            tasks.computeIfAbsent(running.attempt().key(), _ -> new ArrayList<>()).add(running);
        case Observation.TaskStopped stopped ->
            tasks.computeIfAbsent(stopped.attempt().key(), _ -> new ArrayList<>()).add(stopped);
        case Observation.HostActive active -> {
          if (hostActive(active)) {
            Joins.joined(hosts, active.host().environment());
            environments.add(active.host().environment());
          }
        }
        case Observation.HostGone(HostId host) -> {
          hostGone(host);
          wakeups.capacity(host.environment());
        }
        case Observation.HostReclaimed(HostId host, long at) -> {
          if (drained(host)) {
            long left = at + RECLAIM_GRACE_MILLIS - clock.millis();
            work.send(new Work.StopHost(host), Duration.ofMillis(Math.max(0, left)));
            wakeups.capacity(host.environment());
          }
        }
        case Observation.HostUnreachable(HostId host) ->
            // Agents come and go several times an hour: worth a look later, and no write.
            work.send(new Work.CheckHost(host, 0), HostCare.LOOK_AGAIN);
      }
    }
    Map<JobKey, Job> known = tasks.isEmpty() ? Map.of() : jobs.findAll(tasks.keySet());
    tasks.forEach((key, reports) -> tasks(Optional.ofNullable(known.get(key)), reports));
    wakeups.scheduler(Set.of(), environments);
  }

  private void tasks(Optional<Job> job, List<Observation> reports) {
    List<JobEvent> events = new ArrayList<>();
    for (Observation report : reports) {
      switch (report) {
        case Observation.TaskRunning running -> {
          if (isStray(job, running, reports)) {
            work.send(
                new Work.StopStray(running.attempt(), running.host(), running.task()),
                Duration.ZERO);
          } else {
            events.add(
                new JobEvent.TaskStarted(running.attempt(), running.task(), running.startedAt()));
          }
        }
        case Observation.TaskStopped stopped ->
            events.add(
                new JobEvent.TaskStopped(
                    stopped.attempt(),
                    stopped.task(),
                    end(stopped, hostOf(job)).with(stopped.containers())));
        case Observation.HostActive _,
            Observation.HostGone _,
            Observation.HostReclaimed _,
            Observation.HostUnreachable _ -> {}
      }
    }
    if (job.isPresent() && !events.isEmpty()) {
      writes.apply(job.get().key(), job.get(), events, clock.millis());
    }
  }

  /** A running task whose key is not, or no longer, the live attempt's. */
  private static boolean isStray(
      Optional<Job> job, Observation.TaskRunning running, List<Observation> reports) {
    boolean live = job.flatMap(Job::liveAttempt).filter(running.attempt()::equals).isPresent();
    boolean overAlready =
        reports.stream()
            .anyMatch(other ->
                other instanceof Observation.TaskStopped stopped
                    && stopped.attempt().equals(running.attempt()));
    // A late report of a task whose end is known is no stray.
    boolean known =
        job.isPresent()
            && job.get().attempts().stream()
                .anyMatch(attempt ->
                    attempt.dispatch().keyOf(job.get().key()).equals(running.attempt())
                        && running.task().equals(attempt.task()));
    return !live && !overAlready && !known;
  }

  private static Optional<HostId> hostOf(Optional<Job> job) {
    return job.flatMap(Job::dispatch).map(dispatch -> dispatch.host());
  }

  private static TaskEnd end(Observation.TaskStopped stopped, Optional<HostId> host) {
    long at = stopped.stoppedAt();
    return switch (stopped.cause()) {
      case EXITED -> TaskEnd.exited(stopped.exitCode(), stopped.reason(), stopped.startedAt(), at);
      case FAILED_TO_START -> TaskEnd.failedToStart(stopped.reason(), at);
      case HOST_LOST ->
          new TaskEnd(
              TaskEnd.Cause.HOST_LOST,
              host.map(Reasons::hostLost).orElse("Host EC2 terminated."),
              stopped.exitCode(),
              stopped.reason(),
              stopped.startedAt(),
              at);
      case STOPPED_BY_US ->
          new TaskEnd(
              TaskEnd.Cause.STOPPED,
              stopped.stoppedReason() == null ? Reasons.EXITED : stopped.stoppedReason(),
              stopped.exitCode(),
              stopped.reason(),
              stopped.startedAt(),
              at);
    };
  }

  /** True when the host takes jobs since now. */
  private boolean hostActive(Observation.HostActive active) {
    Host before = hosts.find(active.host()).orElse(null);
    if (before == null) {
      if (wakeups.domains().ofEnvironment(active.host().environment()).isEmpty()) {
        // Told late: nobody would ever look at a host of an environment that is gone.
        return false;
      }
      if (active.at() < hosts.staleUntil(active.host())) {
        // Told late: it was removed since, and nobody will tell its end again.
        return false;
      }
      // Unmanaged, or registered before its launch was recorded: then the record finds it there.
      // Recorded since it was looked for: then it is looked at again.
      return hosts.create(
              new Host(
                  active.host(),
                  Host.State.ACTIVE,
                  active.instanceType(),
                  active.capacity(),
                  active.containerInstance(),
                  clock.millis(),
                  0,
                  Set.of(),
                  1))
          || hostActive(active);
    }
    if (before.state() != Host.State.BOOTING) {
      return false;
    }
    return hosts.save(
        new Host(
            before.id(),
            Host.State.ACTIVE,
            active.instanceType(),
            active.capacity(),
            active.containerInstance(),
            before.launchedAt(),
            before.lastReleasedAt(),
            before.reservations(),
            before.version() + 1));
  }

  /** Nothing new comes to this host; what is on it goes on. False when it is not there. */
  private boolean drained(HostId id) {
    Host host = hosts.find(id).orElse(null);
    if (host == null || host.state() == Host.State.GONE) {
      return false;
    }
    return host.isLeaving() || hosts.save(host.in(Host.State.DRAINING)) || drained(id);
  }

  /** Marks the host and ends every attempt that was on it. Done again, it changes nothing. */
  void hostGone(HostId id) {
    Optional<Host> host = hosts.find(id);
    if (host.isEmpty()) {
      return;
    }
    if (host.get().state() != Host.State.GONE && !hosts.save(host.get().in(Host.State.GONE))) {
      hostGone(id);
      return;
    }
    loseAttempts(id);
  }

  /** Ends the attempts reserved on a host that is gone. */
  private void loseAttempts(HostId id) {
    // Read again: what was reserved before the state changed is complete only now.
    Set<Reservation> reserved = hosts.find(id).map(Host::reservations).orElse(Set.of());
    long now = clock.millis();
    for (Reservation reservation : reserved.stream().sorted(Reservation.ORDER).toList()) {
      AttemptKey attempt = reservation.attempt();
      Optional<Job> holder = jobs.find(attempt.key()).filter(job -> job.holds(id, reservation));
      if (holder.isPresent()) {
        writes.apply(
            holder.get(),
            new JobEvent.TaskStopped(attempt, null, TaskEnd.hostLost(id, 0, now)),
            now);
      }
    }
  }
}
