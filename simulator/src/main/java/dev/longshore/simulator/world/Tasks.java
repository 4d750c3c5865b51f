package dev.longshore.simulator.world;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.usecase.Observation;
import dev.longshore.core.usecase.Observation.StopCause;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tasks as ECS runs them: one per attempt key, told about by events, forgotten an hour later. */
public final class Tasks implements TaskRunner {
  private static final long REMEMBERED_MILLIS = 3_600_000;
  private static final long KILL_MILLIS = 30_000;
  private static final int SIGTERM_EXIT = 143;
  private static final int SIGKILL_EXIT = 137;

  private final InstantSource clock;
  private final Agenda agenda;
  private final Faults faults;
  private final Events events;
  private final Set<HostId> up = new TreeSet<>();
  private final Contact contact = new Contact();
  private final Behaviour.Script script;
  private final Reality reality;
  private final Trace trace;
  private final Map<AttemptKey, Task> tasks = new HashMap<>();
  private final Set<AttemptKey> unstartable = new HashSet<>();

  /** What runs now, by host and then by task ID, so that a host's death needs no search. */
  private final Map<HostId, TreeMap<String, Task>> live = new HashMap<>();

  private int ids;

  /** A task that was begun. */
  private static final class Task {
    private final AttemptKey attempt;
    private final HostId host;
    private final String id;
    private final Behaviour behaviour;
    private long startedAt;
    private long stoppedAt;
    // When the service could know of its end: later, when its host was out of contact.
    private long toldAt;
    private boolean stopping;
    private @Nullable String stopReason;

    private Task(AttemptKey attempt, HostId host, String id, Behaviour behaviour) {
      this.attempt = attempt;
      this.host = host;
      this.id = id;
      this.behaviour = behaviour;
    }

    private KnownTask known() {
      return new KnownTask(attempt, host, id, toldAt == 0);
    }
  }

  /**
   * No tasks yet.
   *
   * @param reality hears of tasks
   */
  public Tasks(
      InstantSource clock,
      Agenda agenda,
      Faults faults,
      Events events,
      Behaviour.Script script,
      Reality reality,
      Trace trace) {
    this.clock = clock;
    this.agenda = agenda;
    this.faults = faults;
    this.events = events;
    this.script = script;
    this.reality = reality;
    this.trace = trace;
  }

  /** The hosts that have registered and take tasks. */
  Set<HostId> up() {
    return up;
  }

  /** Who is out of contact. */
  Contact contact() {
    return contact;
  }

  @Override
  public StartAnswer start(Start start) {
    Job job = start.job();
    Dispatch dispatch =
        job.dispatch().orElseThrow(() -> new IllegalArgumentException("not placed: " + job));
    AttemptKey attempt = dispatch.keyOf(job.key());
    if (tasks.containsKey(attempt)) {
      return new StartAnswer.Accepted();
    }
    if (faults.strikes(Fault.START_LOST)) {
      return new StartAnswer.Unknown("simulated: no answer");
    }
    if (unstartable.contains(attempt) || faults.strikes(Fault.UNSTARTABLE)) {
      unstartable.add(attempt);
      return new StartAnswer.Unstartable("simulated: no such image");
    }
    if (contact.isOut(dispatch.host())) {
      return new StartAnswer.Refused("AGENT");
    }
    boolean hostIsThere = up.contains(dispatch.host());
    if (!hostIsThere || faults.strikes(Fault.START_REFUSED)) {
      return new StartAnswer.Refused(hostIsThere ? "RESOURCE:MEMORY" : "MISSING");
    }
    begin(job, attempt, dispatch.host());
    return faults.strikes(Fault.START_UNANSWERED)
        ? new StartAnswer.Unknown("simulated: no answer")
        : new StartAnswer.Accepted();
  }

  private void begin(Job job, AttemptKey attempt, HostId host) {
    Task task = new Task(attempt, host, "t-%06d".formatted(++ids), script.of(job, attempt));
    trace.say(() -> "  begins " + task.id + " " + attempt);
    reality.taskBegins(attempt, host, job.spec().shapeOf(job.key()));
    tasks.put(attempt, task);
    live.computeIfAbsent(host, _ -> new TreeMap<>()).put(task.id, task);
    agenda.in(
        task.behaviour.pullMillis(),
        "pulled " + task.id,
        () -> {
          if (task.behaviour.failsToStart()) {
            end(task, StopCause.FAILED_TO_START, null);
          } else {
            runs(task);
          }
        });
  }

  private void runs(Task task) {
    if (task.stoppedAt != 0) {
      return;
    }
    task.startedAt = clock.millis();
    reality.taskRuns(task.attempt);
    Observation running =
        new Observation.TaskRunning(task.attempt, task.host, task.id, task.startedAt);
    contact.with(task.host, () -> events.tell(running));
    agenda.in(
        task.behaviour.runMillis(),
        "ends " + task.id,
        () -> end(task, StopCause.EXITED, task.behaviour.exitCode()));
  }

  /** The program of this attempt fails now, if it runs. */
  public void fails(AttemptKey attempt) {
    Task task = tasks.get(attempt);
    if (task != null && task.startedAt != 0) {
      end(task, StopCause.EXITED, 1);
    }
  }

  private void end(Task task, StopCause cause, @Nullable Integer exitCode) {
    if (task.stoppedAt != 0) {
      return;
    }
    trace.say(() -> "  " + task.id + " " + task.attempt + " over: " + cause + " " + exitCode);
    task.stoppedAt = clock.millis();
    reality.taskEnds(task.attempt, task.host, exitCode);
    contact.with(task.host, () -> tell(task, cause, exitCode));
  }

  private void tell(Task task, StopCause cause, @Nullable Integer exitCode) {
    TreeMap<String, Task> onHost = live.get(task.host);
    if (onHost != null) {
      onHost.remove(task.id);
    }
    task.toldAt = clock.millis();
    String reason = cause == StopCause.FAILED_TO_START ? "CannotPullContainerError: none" : null;
    events.tell(
        new Observation.TaskStopped(
            task.attempt,
            task.id,
            cause,
            exitCode,
            reason,
            cause == StopCause.STOPPED_BY_US ? task.stopReason : null,
            task.startedAt,
            task.stoppedAt));
  }

  @Override
  public void stop(AttemptKey attempt, HostId host, @Nullable String id, String reason) {
    Task task = tasks.get(attempt);
    if (task == null || task.stoppedAt != 0 || task.stopping) {
      return;
    }
    task.stopping = true;
    task.stopReason = reason;
    reality.stopAsked(attempt);
    contact.with(host, () -> stop(task, reason));
  }

  private void stop(Task task, String reason) {
    long needs = task.startedAt == 0 ? 100 : task.behaviour.stopMillis();
    boolean obeys = needs < KILL_MILLIS;
    agenda.in(
        Math.min(needs, KILL_MILLIS),
        "stopped " + task.id,
        () ->
            end(
                task,
                // As the adapter tells a stop for the host's sake from others.
                reason.startsWith("Host EC2") ? StopCause.HOST_LOST : StopCause.STOPPED_BY_US,
                task.startedAt == 0 ? null : obeys ? SIGTERM_EXIT : SIGKILL_EXIT));
  }

  /** A host is gone: what ran there is over, and of what ended untold nobody knows how. */
  void hostGone(HostId host) {
    TreeMap<String, Task> lost = live.remove(host);
    if (lost == null) {
      return;
    }
    for (Task task : List.copyOf(lost.values())) {
      if (task.stoppedAt == 0) {
        end(task, StopCause.HOST_LOST, null);
      } else {
        tell(task, StopCause.HOST_LOST, null);
      }
    }
  }

  @Override
  public Set<HostId> unreachable(String environment) {
    return contact.out(environment);
  }

  @Override
  public List<KnownTask> tasks(AttemptKey attempt, HostId host) {
    return Optional.ofNullable(tasks.get(attempt))
        .filter(task -> task.toldAt == 0 || clock.millis() - task.toldAt < REMEMBERED_MILLIS)
        .map(Task::known)
        .stream()
        .toList();
  }

  @Override
  public List<KnownTask> running(HostId host) {
    return live.getOrDefault(host, new TreeMap<>()).values().stream().map(Task::known).toList();
  }
}
