package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.Written;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.simulator.world.Reality;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds every stored change and everything that really happens against the laws. */
public final class Laws implements Watcher, Reality {
  private final InstantSource clock;
  private final long calmSince;
  private final Shadow shadow = new Shadow();
  private final TaskLaws tasks = new TaskLaws(shadow);
  private final OrderLaws order = new OrderLaws(shadow);
  private final ArrayLaws arrays = new ArrayLaws(shadow, order);
  private final Coverage coverage = new Coverage();
  private final Map<String, Set<JobId>> dependencies = new HashMap<>();
  private final Map<JobId, String> accepted = new LinkedHashMap<>();
  private final JobLaws jobs = new JobLaws(shadow, tasks, dependencies);
  private final ConsumableLaws consumables = new ConsumableLaws(shadow, tasks);
  private final NodeLaws nodes = new NodeLaws(shadow, tasks);
  private final HostLaws hosts = new HostLaws(shadow, tasks, nodes);
  private final EnvironmentLaws environments = new EnvironmentLaws(tasks);
  private final TurnLaws turns = new TurnLaws(shadow);
  private final EventLaws events = new EventLaws(shadow);
  private final Consumer<Written> written;

  /**
   * Laws for a run.
   *
   * @param calmSince epoch ms after which no fault has an effect any more
   * @param written takes what is stored, with both images, once no law is broken by it
   */
  public Laws(InstantSource clock, long calmSince, Consumer<Written> written) {
    this.clock = clock;
    this.calmSince = calmSince;
    this.written = written;
  }

  /** A client is about to submit a job of this name that waits for these. */
  public void submitting(String name, Set<JobId> waitsFor, ChildOrder childOrder) {
    dependencies.put(name, Set.copyOf(waitsFor));
    order.submitting(name, childOrder);
  }

  /** A client was told that its job is accepted. */
  public void accepted(JobId id, String name) {
    accepted.put(id, name);
    unless(
        shadow.job(JobKey.whole(id)).isPresent(),
        Law.NOTHING_IS_LOST,
        name + " was accepted as " + id + " but is not stored");
  }

  /** Which changes there were. */
  public Coverage coverage() {
    return coverage;
  }

  @Override
  public void applied(Job before, JobEvent event, Step step) {
    coverage.applied(before, event, step);
  }

  @Override
  public void jobStored(@Nullable Job before, Job after) {
    coverage.changed(before, after);
    jobs.stored(before, after, clock.millis());
    nodes.stored(before, after, clock.millis());
    if (after.state() instanceof JobState.Starting starting
        && !(before != null && before.state() instanceof JobState.Starting)) {
      consumables.starts(after, starting.dispatch());
    }
    if (before == null && after.key().isWhole()) {
      order.created(after);
    }
    boolean child = after.key().member() == JobKey.Member.CHILD;
    if (before == null && child) {
      arrays.childCreated(after);
    }
    if (child && after.state() instanceof JobState.Ended) {
      arrays.childEnds(after, clock.millis());
    }
    if (before != null && after.isArrayParent()) {
      arrays.parentEnds(before, after);
    }
    turns.stored(before, after, clock.millis());
    shadow.put(after);
    tasks.stored(after, clock.millis());
    events.stored(after);
    written.accept(new Written.JobWritten(before, after));
  }

  @Override
  public void pageStored(@Nullable ArrayPage before, ArrayPage after) {
    arrays.stored(before, after);
    shadow.put(after);
    written.accept(new Written.PageWritten(before, after));
  }

  @Override
  public void holdsStored(Holds before, Holds after) {
    written.accept(new Written.HoldsWritten(before, after));
  }

  @Override
  public void environmentStored(ComputeEnvironment after) {
    environments.stored(after, clock.millis());
  }

  @Override
  public void environmentRemoved(String name) {
    environments.removed(name, clock.millis());
  }

  /** An event has reached its listeners. */
  public void published(BatchEvent event) {
    events.published(event);
  }

  @Override
  public void hostStored(@Nullable Host before, Host after) {
    hosts.stored(before, after);
    turns.stored(before, after, clock.millis());
    shadow.put(after);
  }

  @Override
  public void hostRemoved(HostId host) {
    shadow.host(host).ifPresent(gone -> turns.removed(gone, clock.millis()));
    shadow.remove(host);
  }

  @Override
  public void consumableStored(@Nullable ConsumableResource before, ConsumableResource after) {
    consumables.stored(before, after);
  }

  @Override
  public void taskBegins(AttemptKey attempt, HostId host, Shape shape) {
    tasks.begins(attempt, host, shape, clock.millis());
    nodes.begins(attempt, clock.millis());
  }

  @Override
  public void taskRuns(AttemptKey attempt) {
    tasks.runs(attempt, clock.millis());
  }

  @Override
  public void stopAsked(AttemptKey attempt) {
    tasks.stopAsked(attempt, clock.millis());
  }

  @Override
  public void taskEnds(AttemptKey attempt, HostId host, @Nullable Integer exitCode) {
    tasks.ends(attempt, host, exitCode, clock.millis(), calmSince);
    nodes.ends(attempt, host, clock.millis());
  }

  @Override
  public void hostLaunched(HostId host, Shape capacity) {
    environments.launches(host, capacity.vcpus(), clock.millis());
    tasks.launched(host, capacity);
  }

  @Override
  public void contactLost(HostId host) {
    tasks.contactLost(host);
  }

  @Override
  public void hostTerminated(HostId host) {
    hosts.terminated(host);
  }

  @Override
  public void hostGone(HostId host) {
    tasks.gone(host);
  }

  /** The job as it is stored. */
  public Optional<Job> job(JobKey key) {
    return shadow.job(key);
  }

  /** Everything stored, whole jobs and children. */
  public List<Job> jobs() {
    return List.copyOf(shadow.jobs());
  }

  /** True when no job is open, nothing runs or is reserved or taken, and no host could go. */
  public boolean quiet() {
    return tasks.running().isEmpty()
        && environments.atRest()
        && hosts.atRest()
        && consumables.atRest()
        && shadow.jobs().stream().allMatch(job -> job.state() instanceof JobState.Ended);
  }

  /** What must hold when the run is over, long after the last fault. */
  public void atTheEnd() {
    accepted.forEach((id, name) ->
        unless(
            shadow.job(JobKey.whole(id)).isPresent(),
            Law.NOTHING_IS_LOST,
            name + " is gone: " + id));
    for (Job job : shadow.jobs()) {
      unless(job.state() instanceof JobState.Ended, Law.NOTHING_IS_LOST, "still open: " + job);
    }
    for (Job job : shadow.jobs()) {
      jobs.atTheEnd(job);
      arrays.atTheEnd(job);
      nodes.atTheEnd(job);
      order.atTheEnd(job);
      events.atTheEnd(job);
    }
    unless(
        tasks.running().isEmpty(),
        Law.ONE_LIVE_ATTEMPT,
        "all jobs are over, but there are tasks of " + tasks.running());
    shadow.hosts().forEach(hosts::atTheEnd);
    consumables.atTheEnd();
    environments.atTheEnd();
    unless(
        hosts.atRest(),
        Law.NO_HOST_LEFT,
        "there are " + tasks.alive() + ", recorded are " + shadow.hosts());
  }
}
