package dev.longshore.core.lifecycle;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.StopRequest.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A job in each state and an event of each kind, for tables. */
final class JobSamples {
  static final long NOW = 1_000_000_000L;
  static final JobId TARGET = JobId.of("00000000-0000-4000-8000-000000000001");
  static final JobKey KEY = JobKey.whole(JobId.of("00000000-0000-4000-8000-000000000002"));
  static final HostId HOST = new HostId("ce", "i-1");
  static final Dispatch DISPATCH = new Dispatch(HOST, "c1", 1, 0, NOW - 100_000);
  static final AttemptKey LIVE = DISPATCH.keyOf(KEY);
  static final AttemptKey OLD = new AttemptKey(KEY, 1, 7);
  static final StopRequest CANCEL = new StopRequest(Kind.CANCEL, "no more", NOW);
  static final StopRequest TERMINATE = new StopRequest(Kind.TERMINATE, "stop it", NOW);

  private JobSamples() {}

  static JobSpec spec(int attempts, int arraySize) {
    return new JobSpec(
        "sample",
        "queue",
        new DefinitionId("definition", 1),
        new Shape(1, 128, 0),
        new RetryStrategy(attempts, List.of()),
        60,
        arraySize,
        null,
        0,
        NOW - 200_000);
  }

  static Job job(JobState state, int attempts) {
    boolean array = state instanceof JobState.Open;
    int dispatches =
        state instanceof JobState.Starting || state instanceof JobState.Running ? 1 : 0;
    return new Job(KEY, spec(attempts, array ? 10 : 0), state, List.of(), dispatches, null, 5);
  }

  static Job stopped(Job job, StopRequest stop) {
    return new Job(
        job.key(),
        job.spec(),
        job.state(),
        job.attempts(),
        job.nextDispatch(),
        stop,
        job.version());
  }

  /** A job in each state, by the name of the state. */
  static Map<String, Job> jobs() {
    Map<String, Job> jobs = new LinkedHashMap<>();
    jobs.put("Pending", job(new JobState.Pending(Set.of(TARGET)), 1));
    jobs.put("Runnable", job(new JobState.Runnable(0), 1));
    jobs.put("Open", job(new JobState.Open(), 1));
    jobs.put("Starting", job(new JobState.Starting(DISPATCH, null), 1));
    jobs.put("Running", job(new JobState.Running(DISPATCH, "t1", NOW - 90_000), 1));
    jobs.put("Ended", job(new JobState.Ended(true, "done", NOW - 1), 1));
    return jobs;
  }

  static TaskEnd exit(int code) {
    return TaskEnd.exited(code, null, NOW - 90_000, NOW - 10);
  }

  /** An event of each kind that concerns the samples, by a name for it. */
  static Map<String, JobEvent> events() {
    Map<String, JobEvent> events = new LinkedHashMap<>();
    events.put("DependenciesMet", new JobEvent.DependenciesMet(Set.of(TARGET)));
    events.put("DependencyFailed", new JobEvent.DependencyFailed(TARGET));
    events.put("Placed", new JobEvent.Placed(DISPATCH));
    events.put("DispatchUndone", new JobEvent.DispatchUndone(LIVE));
    events.put("TaskStarted", new JobEvent.TaskStarted(LIVE, "t1", NOW - 90_000));
    events.put("TaskStopped with 0", new JobEvent.TaskStopped(LIVE, "t1", exit(0)));
    events.put("TaskStopped with 1", new JobEvent.TaskStopped(LIVE, "t1", exit(1)));
    events.put("Cancel", new JobEvent.StopRequested(CANCEL));
    events.put("Terminate", new JobEvent.StopRequested(TERMINATE));
    events.put("TimeoutPassed", new JobEvent.TimeoutPassed(LIVE));
    events.put("ChildrenClosed, all well", new JobEvent.ChildrenClosed(true));
    events.put("ChildrenClosed, some failed", new JobEvent.ChildrenClosed(false));
    return events;
  }

  static Job changed(Job job, JobEvent event) {
    return switch (Lifecycle.apply(job, event, NOW)) {
      case Step.Changed(Job after) -> after;
      case Step.Ignored(String why) -> throw new AssertionError(event + " was ignored: " + why);
    };
  }
}
