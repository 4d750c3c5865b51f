package dev.longshore.simulator.scenario;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.JobEvent.ChildrenClosed;
import dev.longshore.core.lifecycle.JobEvent.DependenciesMet;
import dev.longshore.core.lifecycle.JobEvent.DispatchUndone;
import dev.longshore.core.lifecycle.JobEvent.TimeoutPassed;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobState.Ended;
import dev.longshore.core.model.JobState.Open;
import dev.longshore.core.model.JobState.Pending;
import dev.longshore.core.model.JobState.Runnable;
import dev.longshore.core.model.JobState.Running;
import dev.longshore.core.model.JobState.Starting;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.usecase.JobWrites;
import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Pair;
import dev.longshore.simulator.invariant.Pair.Subject;
import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pairs that meet only when a race is lost: a handler reads a job, others change it, the handler's
 * write is refused and its event is held against what the job is now. Few seeds lose each of them,
 * so every run loses them once more, on purpose: one race for each pair, over the shipped writes
 * and a store in memory.
 */
public final class LostRaces {
  private static final long NOW = 1_800_000_000_000L;
  private static final JobId TARGET = JobId.of("00000000-0000-4000-8000-000000000001");
  private static final JobId ID = JobId.of("00000000-0000-4000-8000-000000000002");
  private static final HostId HOST = new HostId("ce", "i-1");
  private static final Shape SMALL = new Shape(1, 512, 0);

  private final List<Pair> seen = new ArrayList<>();
  private final MemoryJobStore jobs =
      new MemoryJobStore(
          () -> Instant.ofEpochMilli(NOW),
          Duration.ofDays(7),
          () -> 0,
          _ -> {},
          new Watcher() {
            @Override
            public void applied(Job before, JobEvent event, Step step) {
              seen.add(Pair.of(before, event));
            }
          });
  private final JobWrites writes = new JobWrites(jobs);

  private LostRaces() {}

  /** What comes too late for what. */
  public static List<Pair> pairs() {
    Stream<Pair> waiting =
        Stream.of(Runnable.class, Starting.class, Running.class, Ended.class)
            .map(state -> new Pair(Subject.JOB, state, DependenciesMet.class));
    Stream<Pair> arrays =
        Stream.of(
            new Pair(Subject.ARRAY, Open.class, DependenciesMet.class),
            new Pair(Subject.ARRAY, Ended.class, DependenciesMet.class),
            new Pair(Subject.ARRAY, Ended.class, ChildrenClosed.class));
    Stream<Pair> attempts =
        Stream.of(Subject.JOB, Subject.CHILD)
            .flatMap(subject ->
                Stream.of(
                    new Pair(subject, Runnable.class, DispatchUndone.class),
                    new Pair(subject, Running.class, DispatchUndone.class),
                    new Pair(subject, Ended.class, DispatchUndone.class),
                    new Pair(subject, Runnable.class, TimeoutPassed.class),
                    new Pair(subject, Starting.class, TimeoutPassed.class),
                    new Pair(subject, Ended.class, TimeoutPassed.class)));
    return Stream.of(waiting, arrays, attempts).flatMap(some -> some).toList();
  }

  /**
   * A race that was lost.
   *
   * @param met state and event that met in the end
   * @param since the job as others made it
   * @param after the job as it is stored when the handler has given up
   * @param written what the handler stored, which must be nothing
   */
  record Lost(Pair met, Job since, Job after, Optional<Job> written) {
    /** True when the event came too late, as it was meant to, and changed nothing. */
    boolean isIgnored(Pair wanted) {
      return met.equals(wanted) && written.isEmpty() && after.equals(since);
    }
  }

  /** Loses the race in which this pair meets. */
  static Lost lose(Pair pair) {
    return new LostRaces().race(pair);
  }

  /** Loses all of them; throws when one changed something that it must not. */
  public static List<Pair> loseAll() {
    for (Pair pair : pairs()) {
      Lost lost = lose(pair);
      if (!lost.isIgnored(pair)) {
        throw new Violation(Law.ALLOWED_STEPS_ONLY, "lost on purpose: " + pair + ": " + lost);
      }
    }
    return pairs();
  }

  private Lost race(Pair pair) {
    Job read = stored(pair);
    JobEvent event = event(pair, read);
    Job since = changed(read, pair.state());
    Optional<Job> written = writes.apply(read, event, NOW);
    return new Lost(seen.getLast(), since, jobs.find(read.key()).orElseThrow(), written);
  }

  /** The job as the handler reads it, when the event is right for it. */
  private Job stored(Pair pair) {
    boolean array = pair.subject() == Subject.ARRAY;
    JobSpec spec =
        new JobSpec(
            "a",
            Setting.QUEUE,
            Setting.DEFINITION,
            SMALL,
            new RetryStrategy(3, List.of()),
            60,
            array ? 2 : 0,
            null,
            0,
            NOW - 200_000);
    Dispatch first = new Dispatch(HOST, "ci", 1, 0, NOW - 100_000);
    JobState state = new Pending(Set.of(TARGET));
    if (pair.event() == ChildrenClosed.class) {
      state = new Open();
    } else if (pair.event() == DispatchUndone.class) {
      state = new Starting(first, null);
    } else if (pair.event() == TimeoutPassed.class) {
      state = new Running(first, "t", NOW - 90_000);
    }
    boolean child = pair.subject() == Subject.CHILD;
    Job job = Job.fresh(child ? JobKey.child(ID, 0) : JobKey.whole(ID), spec, state);
    if (child) {
      jobs.createChild(job);
    } else {
      jobs.create(job, new JobDocument("{}", Map.of()));
    }
    return job;
  }

  private static JobEvent event(Pair pair, Job read) {
    if (pair.event() == DispatchUndone.class) {
      return new DispatchUndone(read.liveAttempt().orElseThrow());
    }
    if (pair.event() == TimeoutPassed.class) {
      return new TimeoutPassed(read.liveAttempt().orElseThrow());
    }
    return pair.event() == ChildrenClosed.class
        ? new ChildrenClosed(true)
        : new DependenciesMet(Set.of(TARGET));
  }

  /** What others make of the job meanwhile. */
  private Job changed(Job read, Class<? extends JobState> wanted) {
    Job job = read;
    while (!wanted.isInstance(job.state())) {
      job = writes.apply(job, next(job, wanted), NOW).orElseThrow();
    }
    return job;
  }

  private static JobEvent next(Job job, Class<? extends JobState> wanted) {
    return switch (job.state()) {
      case Pending _ -> new DependenciesMet(Set.of(TARGET));
      case Open _ -> new ChildrenClosed(true);
      case Runnable _ ->
          wanted == Ended.class
              ? new JobEvent.StopRequested(
                  new StopRequest(StopRequest.Kind.TERMINATE, "enough", NOW))
              : new JobEvent.Placed(
                  new Dispatch(HOST, "ci", job.currentAttempt(), job.nextDispatch(), NOW));
      case Starting starting ->
          starting.dispatch().attempt() == 1 && job.attempts().isEmpty() && !startsNow(starting)
              ? lost(job)
              : new JobEvent.TaskStarted(job.liveAttempt().orElseThrow(), "t", NOW);
      case Running _, Ended _ -> lost(job);
    };
  }

  /** True for a placement that was made meanwhile, not by the handler. */
  private static boolean startsNow(Starting starting) {
    return starting.dispatch().placedAt() == NOW;
  }

  private static JobEvent lost(Job job) {
    return new JobEvent.TaskStopped(
        job.liveAttempt().orElseThrow(), null, TaskEnd.hostLost(HOST, 0, NOW));
  }
}
