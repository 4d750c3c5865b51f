package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.StopRequest.Kind;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does one portion of work from the work queue. Done twice, it changes nothing more. */
public final class PortionWork {
  private static final int TRIES = 8;
  private static final int JOBS_AT_ONCE = 100;
  private static final Duration INDEX_LAG = Duration.ofSeconds(1);

  /**
   * Until jobs that were told to stop are looked at again. Long, since each repeat of a message
   * goes on for itself: with a short wait repeats would become many before the last job is over.
   */
  private static final Duration JOBS_END = Duration.ofSeconds(15);

  /**
   * So often in a row must a queue that is being deleted look empty: the index shows a job some
   * time after it was accepted, and DynamoDB names no bound for that. It is usually much less than
   * a second.
   */
  private static final int QUIET_ROUNDS = 8;

  private final JobStore jobs;
  private final JobWrites writes;
  private final Progress progress;
  private final TaskCare tasks;
  private final NodeCare nodes;
  private final HostCare care;
  private final Wakeups wakeups;
  private final WorkQueue work;
  private final SettleResources resources;
  private final InstantSource clock;

  public PortionWork(
      JobStore jobs,
      HostStore hosts,
      Progress progress,
      TaskRunner runner,
      TaskStarter starter,
      Wakeups wakeups,
      WorkQueue work,
      SettleResources resources,
      InstantSource clock) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.progress = progress;
    this.tasks = new TaskCare(jobs, runner, starter, work, clock);
    this.nodes = new NodeCare(jobs, hosts, starter, work, clock);
    this.care = new HostCare(hosts, runner, wakeups, work);
    this.wakeups = wakeups;
    this.work = work;
    this.resources = resources;
    this.clock = clock;
  }

  /** Does it, and sends on what is left. */
  public void handle(Work portion) {
    switch (portion) {
      case Work.SettleDependents(JobId target, JobId after) ->
          progress.settleDependents(target, after);
      case Work.SettlePairs(JobId target, int page, JobId after) ->
          progress.settlePairs(target, page, after);
      case Work.StopChildren(JobId parent, int page) -> stopChildren(parent, page);
      case Work.StartNodes start -> nodes.start(start);
      case Work.StopNodes stop -> nodes.stop(stop);
      case Work.EmptyQueue(String queue, int quietRounds) -> emptyQueue(queue, quietRounds);
      case Work.Wake(String queue) -> wakeups.scheduler(Set.of(queue), Set.of());
      case Work.StartTask(JobKey job) -> tasks.start(job);
      case Work.StopTask(JobKey job) -> tasks.stop(job);
      case Work.StopStray stray -> tasks.stopStray(stray);
      case Work.StopHost(HostId host) -> care.stopTasks(host);
      case Work.CheckHost(HostId host, int checks) -> care.check(host, checks);
    }
  }

  private void stopChildren(JobId id, int number) {
    Job parent = jobs.find(JobKey.whole(id)).orElse(null);
    if (parent == null || parent.stop() == null || !(parent.state() instanceof JobState.Open)) {
      return;
    }
    StopRequest stop = parent.stop();
    int pages = ArrayPage.pagesOf(parent.spec().arraySize());
    if (number == 0) {
      // What has not started ends first, everywhere: a page is one write.
      for (int page = 0; page < pages; page++) {
        closeUnstarted(parent, page, stop);
      }
    }
    ArrayPage page = ArrayFamily.pageOf(parent, number, jobs.page(id, number).orElse(null));
    List<JobKey> handedOver = new ArrayList<>();
    for (int place = 0; place < page.states().size(); place++) {
      if (page.states().at(place).hasItem() && !page.states().at(place).isClosed()) {
        handedOver.add(JobKey.child(id, page.first() + place));
      }
    }
    Map<JobKey, Job> items = jobs.findAll(handedOver);
    for (JobKey child : handedOver) {
      stopChild(child, items.get(child), parent, stop);
    }
    if (number + 1 < pages) {
      work.send(new Work.StopChildren(id, number + 1), Duration.ZERO);
    }
  }

  /**
   * Stops a child that was handed over. One without an item is being dispatched at this moment: an
   * item that is over already comes before the dispatcher's own.
   */
  private void stopChild(JobKey child, @Nullable Job item, Job parent, StopRequest stop) {
    boolean over =
        item == null && jobs.createChild(StopJob.endedUnstarted(child, parent.spec(), stop));
    if (!over) {
      writes.apply(child, item, List.of(new JobEvent.StopRequested(stop)), clock.millis());
    }
  }

  private void closeUnstarted(Job parent, int number, StopRequest stop) {
    JobId id = parent.key().job();
    for (int tries = 0; tries < TRIES; tries++) {
      ArrayPage page = ArrayFamily.pageOf(parent, number, jobs.page(id, number).orElse(null));
      ArrayPage closed = page.stopUnstarted(stop);
      if (!closed.differsFrom(page) || jobs.savePage(closed)) {
        return;
      }
    }
    throw new StoreException(
        "page " + number + " of " + id + " was changed by others all the time",
        new IllegalStateException());
  }

  private void emptyQueue(String queue, int quietRounds) {
    if (!resources.isDeleting(queue)) {
      // A repeat that came late: it is gone, and may be there again with other jobs.
      return;
    }
    StopRequest stop = new StopRequest(Kind.SERVICE, Reasons.QUEUE_DELETED, clock.millis());
    boolean quiet = true;
    int stopped = 0;
    for (LaneKey lane : resources.openLanes(queue)) {
      if (stopped == JOBS_AT_ONCE) {
        break;
      }
      for (Job job : open(lane)) {
        quiet = false;
        boolean told =
            stopped < JOBS_AT_ONCE
                && writes.apply(job, new JobEvent.StopRequested(stop), clock.millis()).isPresent();
        stopped += told ? 1 : 0;
      }
    }
    boolean done = quiet && quietRounds + 1 >= QUIET_ROUNDS && resources.settleQueue(queue);
    if (!done) {
      work.send(
          new Work.EmptyQueue(queue, quiet ? quietRounds + 1 : 0),
          quiet || stopped > 0 ? INDEX_LAG : JOBS_END);
    }
  }

  /** The first jobs of this lane that are not over. */
  private List<Job> open(LaneKey lane) {
    List<JobKey> keys =
        jobs.line(lane, null, false, JOBS_AT_ONCE).stream()
            .map(entry -> JobKey.whole(entry.job()))
            .toList();
    Map<JobKey, Job> found = jobs.findAll(keys);
    return keys.stream()
        .flatMap(key -> Optional.ofNullable(found.get(key)).stream())
        .filter(job -> !job.status().isTerminal())
        .toList();
  }
}
