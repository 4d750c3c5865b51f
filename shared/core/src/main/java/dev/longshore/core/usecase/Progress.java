package dev.longshore.core.usecase;

import dev.longshore.core.dependency.Dependencies;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must follow from a change: dependents, array roll-up, released room, stop requests, nudges
 * ({@code data-model} 5 to 7). Level-triggered: a change only names an item; what follows comes
 * from what is stored now, so that a repeated, late or reordered change does no harm.
 */
public final class Progress {
  private static final int EDGES_AT_ONCE = 200;

  private final JobStore jobs;
  private final CatalogStore catalog;
  private final JobWrites writes;
  private final ArrayProgress arrays;
  private final Shares shares;
  private final OrderProgress order;
  private final Releases releases;
  private final Claims claims;
  private final Wakeups wakeups;
  private final WorkQueue work;
  private final SettleResources resources;
  private final InstantSource clock;

  public Progress(
      JobStore jobs,
      CatalogStore catalog,
      Releases releases,
      Wakeups wakeups,
      WorkQueue work,
      SettleResources resources,
      InstantSource clock) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.writes = new JobWrites(jobs);
    this.shares = new Shares(catalog);
    this.order = new OrderProgress(jobs, work);
    this.arrays = new ArrayProgress(jobs, order);
    this.releases = releases;
    this.claims = new Claims(catalog);
    this.wakeups = wakeups;
    this.work = work;
    this.resources = resources;
    this.clock = clock;
  }

  /** Does what must follow from these changes, for all of them together. */
  public void advance(Collection<Change> changes) {
    long now = clock.millis();
    Set<JobKey> keys = new TreeSet<>();
    Map<JobId, Set<Integer>> pages = new TreeMap<>();
    Set<String> queues = new TreeSet<>();
    Set<String> environments = new TreeSet<>();
    for (Change change : changes) {
      switch (change) {
        case Change.JobChanged(JobKey key) -> keys.add(key);
        case Change.PageChanged(JobId job, int page) ->
            pages.computeIfAbsent(job, _ -> new TreeSet<>()).add(page);
        case Change.QueueChanged(String name) -> queues.add(name);
        case Change.EnvironmentChanged(String name) -> environments.add(name);
      }
    }
    queues.forEach(this::settleQueue);
    for (String environment : environments) {
      resources.settleEnvironment(environment);
      // New limits bring or end hosts, and one that is deleted goes when its hosts are gone.
      wakeups.capacity(environment);
    }
    Collection<Job> changed = jobs.findAll(keys).values();
    Set<String> toWake = new TreeSet<>(queues);
    for (Job job : changed) {
      if (job.key().isWhole()) {
        if (LaneKey.isParted(Lane.of(job.state()))) {
          shares.enter(job.spec(), now);
        }
        whole(job, now, toWake);
      }
    }
    arrays.fold(members(changed), now);
    pages.forEach((array, numbers) -> toWake.addAll(order.pagesChanged(array, numbers)));
    pages.forEach((parent, numbers) -> arrays.closeIfDone(parent, numbers, now));
    for (Job member : members(changed)) {
      wakeOrStop(member, now, toWake);
    }
    Set<String> freed = release(changed, now);
    environments.addAll(freed);
    if (claims.over(changed)) {
      // Jobs of any queue may wait for it.
      catalog.queues().forEach(queue -> toWake.add(queue.name()));
    }
    Set<String> unknown = wakeups.scheduler(toWake, environments);
    for (Job job : changed) {
      if (unknown.contains(job.spec().queue()) && job.key().isWhole()) {
        endWithQueue(job, now);
      }
    }
  }

  /** A submission that overtook the deletion of its queue ends like the queue's other jobs. */
  private void endWithQueue(Job job, long now) {
    StopRequest stop = new StopRequest(StopRequest.Kind.SERVICE, Reasons.QUEUE_DELETED, now);
    writes.apply(job, new JobEvent.StopRequested(stop), now);
  }

  private static List<Job> members(Collection<Job> jobs) {
    return jobs.stream().filter(job -> !job.key().isWhole()).toList();
  }

  private void settleQueue(String name) {
    if (resources.isDeleting(name)) {
      // Not settled here: the lanes lag, and a job that they do not show yet must not be lost.
      work.send(new Work.EmptyQueue(name, 0), Duration.ZERO);
    } else {
      resources.settleQueue(name);
    }
  }

  private void whole(Job job, long now, Set<String> toWake) {
    if (job.isMultiNodeParent()) {
      NodeCare.following(job).ifPresent(portion -> work.send(portion, Duration.ZERO));
    }
    switch (job.state()) {
      case JobState.Pending pending -> settle(job, pending.waits(), now);
      case JobState.Open _ -> {
        toWake.add(job.spec().queue());
        toWake.addAll(order.opened(job));
        // All its children may have been stopped one by one while it waited for other jobs.
        arrays.closeIfDone(job, now);
        if (job.stop() != null) {
          work.send(new Work.StopChildren(job.key().job(), 0), Duration.ZERO);
        }
      }
      case JobState.Ended _ -> {
        settleDependents(job.key().job(), null);
        order.ended(job);
      }
      case JobState.Runnable _, JobState.Starting _, JobState.Running _ ->
          wakeOrStop(job, now, toWake);
    }
  }

  /** What follows for a job or child that may be placed or must be stopped. */
  private void wakeOrStop(Job job, long now, Set<String> toWake) {
    switch (job.state()) {
      case JobState.Runnable runnable -> {
        long wait = runnable.notBefore() - now;
        if (wait > 0) {
          work.send(new Work.Wake(job.spec().queue()), Duration.ofMillis(wait));
        } else {
          toWake.add(job.spec().queue());
        }
      }
      case JobState.Starting _, JobState.Running _ -> {
        if (job.stop() != null) {
          work.send(new Work.StopTask(job.key()), Duration.ZERO);
        }
      }
      case JobState.Pending _, JobState.Open _, JobState.Ended _ -> {}
    }
  }

  /** Tells a waiting job what became of those it waits for. */
  void settle(Job waiting, Set<JobId> waits, long now) {
    Map<JobId, Job> targets =
        jobs.findAll(waits.stream().map(JobKey::whole).toList()).values().stream()
            .collect(Collectors.toMap(job -> job.key().job(), Function.identity()));
    Optional<JobEvent> event = Dependencies.settle(waiting, targets);
    event.ifPresent(told -> {
      if (told instanceof JobEvent.DependenciesMet) {
        // Before it comes into its lane, which nobody may have looked into for hours.
        shares.enter(waiting.spec(), now);
      }
      writes.apply(waiting, told, now);
    });
  }

  /**
   * Settles the jobs that wait for this one, a portion of them; the rest goes to the work queue.
   *
   * @param after the last one that is settled already, or null
   */
  public void settleDependents(JobId target, @Nullable JobId after) {
    List<JobId> dependents = jobs.edges(target, after, EDGES_AT_ONCE);
    if (dependents.isEmpty()) {
      return;
    }
    long now = clock.millis();
    Collection<Job> waiting =
        jobs.findAll(dependents.stream().map(JobKey::whole).toList()).values();
    for (Job job : waiting) {
      if (job.state() instanceof JobState.Pending pending) {
        settle(job, pending.waits(), now);
      }
    }
    if (dependents.size() == EDGES_AT_ONCE) {
      work.send(new Work.SettleDependents(target, dependents.getLast()), Duration.ZERO);
    }
  }

  /**
   * Settles a page of the arrays that are paired with this one, a portion of them.
   *
   * @param after the last one that is settled already, or null
   */
  public void settlePairs(JobId target, int page, @Nullable JobId after) {
    wakeups.scheduler(order.settlePairs(target, page, after), Set.of());
  }

  /** Gives back the room of attempts that are over; the environments that got room. */
  private Set<String> release(Collection<Job> changed, long now) {
    Releases.Batch batch = releases.batch();
    for (Job job : changed) {
      // All of them, not only the last: a late record may be read when two are over already.
      for (Attempt attempt : job.attempts()) {
        batch.add(
            attempt.dispatch().host(), Reservation.of(job.key(), job.spec(), attempt.dispatch()));
      }
    }
    return batch.release(now);
  }
}
