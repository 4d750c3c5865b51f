package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.TaskRunner.StartAnswer;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Starts the task of a job in STARTING and does what the answer asks for ({@code data-model} 4).
 * The request comes from stored data alone, so a repeated start is the same call.
 */
public final class TaskStarter {
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final long SUSPECT_MILLIS = 60_000;

  private final JobStore jobs;
  private final JobWrites writes;
  private final HostStore hosts;
  private final CatalogStore catalog;
  private final TaskRunner runner;
  private final Claims claims;
  private final WorkQueue work;
  private final InstantSource clock;
  // A hint that need not outlive this process: a host that refused is left alone for a minute.
  private final Map<HostId, Long> suspectUntil = new ConcurrentHashMap<>();

  public TaskStarter(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      TaskRunner runner,
      WorkQueue work,
      InstantSource clock) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.hosts = hosts;
    this.catalog = catalog;
    this.runner = runner;
    this.claims = new Claims(catalog);
    this.work = work;
    this.clock = clock;
  }

  /** Hosts that refused a task within the last minute. */
  Set<HostId> suspects() {
    long now = clock.millis();
    suspectUntil.values().removeIf(until -> until <= now);
    return suspectUntil.keySet().stream().collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Starts the tasks of these jobs, which were moved to STARTING by the caller just now. What many
   * of them share, as the children of an array do, is read once.
   */
  void startAll(Collection<Job> starting) {
    if (starting.isEmpty()) {
      return;
    }
    Map<JobId, JobDocument> documents =
        jobs.documents(starting.stream().map(job -> job.key().job()).collect(Collectors.toSet()));
    Map<DefinitionId, Optional<JobDefinition>> definitions = new HashMap<>();
    for (Job job : starting) {
      start(
          job,
          definitions.computeIfAbsent(job.spec().definition(), catalog::definition),
          Optional.ofNullable(documents.get(job.key().job())));
    }
  }

  private void start(Job job, Optional<JobDefinition> definition, Optional<JobDocument> document) {
    switch (ask(job, definition, document)) {
      case StartAnswer.Accepted _ -> {}
      case StartAnswer.Refused _ -> {
        if (isNode(job)) {
          // Its room is part of the job's: it is tried again there, and nowhere else.
          work.send(new Work.StartTask(job.key()), REPEAT);
        } else {
          undo(job);
        }
      }
      case StartAnswer.Unstartable unstartable -> end(job, unstartable.reason());
      case StartAnswer.Unknown _ -> work.send(new Work.StartTask(job.key()), REPEAT);
    }
  }

  /**
   * Repeats a start. Others may repeat it at the same time and be luckier, so a refusal undoes
   * nothing; the sweep brings further repeats, and the undoing when no repeat can be under way.
   */
  void startAgain(Job job) {
    Optional<JobDefinition> definition = catalog.definition(job.spec().definition());
    switch (ask(job, definition, jobs.document(job.key().job()))) {
      case StartAnswer.Accepted _, StartAnswer.Refused _, StartAnswer.Unknown _ -> {}
      case StartAnswer.Unstartable unstartable -> end(job, unstartable.reason());
    }
  }

  private StartAnswer ask(
      Job job, Optional<JobDefinition> definition, Optional<JobDocument> document) {
    if (definition.isEmpty() || document.isEmpty()) {
      return new StartAnswer.Unstartable(
          "the job definition " + job.spec().definition() + " is gone");
    }
    Job main = isNode(job) ? jobs.find(JobKey.whole(job.key().job())).orElse(null) : null;
    if (isNode(job) && (main == null || main.task().isEmpty())) {
      return new StartAnswer.Unknown("the main node is over");
    }
    return runner.start(new TaskRunner.Start(job, definition.get(), document.get(), main));
  }

  private static boolean isNode(Job job) {
    return job.key().member() == JobKey.Member.NODE;
  }

  /** Takes the dispatch back: the job is RUNNABLE again and the room free. */
  void undo(Job job) {
    long now = clock.millis();
    Dispatch dispatch = job.dispatch().orElseThrow();
    suspectUntil.put(dispatch.host(), now + SUSPECT_MILLIS);
    if (isNode(job)) {
      end(job, "its host did not take it");
      return;
    }
    boolean undone =
        writes.apply(job, new JobEvent.DispatchUndone(dispatch.keyOf(job.key())), now).isPresent();
    if (!undone) {
      // It was an attempt after all: it may run, and what follows from its end gives back.
      return;
    }
    Releases.Batch rooms = new Releases(hosts).batch();
    if (job.isMultiNodeParent()) {
      GangDispatch.rooms(job, dispatch).forEach(rooms::add);
    } else {
      rooms.add(dispatch.host(), Reservation.of(job.key(), job.spec(), dispatch));
    }
    rooms.release(now);
    claims.giveBack(List.of(job));
  }

  private void end(Job job, String reason) {
    long now = clock.millis();
    JobEvent stopped =
        new JobEvent.TaskStopped(
            job.liveAttempt().orElseThrow(), null, TaskEnd.failedToStart(reason, now));
    writes.apply(job, stopped, now);
  }
}
