package dev.longshore.local.runner;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.TaskRunner.KnownTask;
import dev.longshore.local.events.EcsEvents;
import dev.longshore.local.events.EventSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All tasks that live or ended lately, and what is told of them. The last {@link #ENDED} ended ones
 * are kept, so that a start that is repeated after its task has ended starts nothing.
 */
final class TaskBook implements TaskListener {
  static final int ENDED = 50_000;

  private static final String EXITED = "Essential container in task exited";
  private static final String NOT_STARTED = "Task failed to start";

  private final EventSink events;
  private final Consumer<Task> forget;
  private final Map<AttemptKey, Entry> live = new LinkedHashMap<>();
  private final Map<AttemptKey, KnownTask> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptKey, KnownTask> eldest) {
          return size() > ENDED;
        }
      };

  /**
   * An empty book.
   *
   * @param forget told of each task whose end was taken in
   */
  TaskBook(EventSink events, Consumer<Task> forget) {
    this.events = events;
    this.forget = forget;
  }

  /**
   * A task that was asked for and is not over.
   *
   * @param stop why it was told to stop, or null
   * @param hostGone whether it was told so because its host goes
   */
  private record Entry(Task task, @Nullable String stop, boolean hostGone) {}

  /** Adds a task that is about to start; false when it is known. */
  synchronized boolean add(Task task) {
    return !ended.containsKey(task.attempt())
        && live.putIfAbsent(task.attempt(), new Entry(task, null, false)) == null;
  }

  /** Records that a task shall stop, and says which; the first reason stays. */
  synchronized Optional<Task> stopping(AttemptKey attempt, String reason, boolean hostGone) {
    Entry entry = live.get(attempt);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.stop == null) {
      live.put(attempt, new Entry(entry.task, reason, hostGone));
    }
    return Optional.of(entry.task);
  }

  synchronized boolean isStopping(Task task) {
    Entry entry = live.get(task.attempt());
    return entry != null && entry.stop != null;
  }

  synchronized List<Task> liveOn(HostId host) {
    return live.values().stream()
        .map(Entry::task)
        .filter(task -> task.host().equals(host))
        .toList();
  }

  /** The task of this attempt while it is not over. */
  synchronized Optional<Task> live(AttemptKey attempt) {
    return Optional.ofNullable(live.get(attempt)).map(Entry::task);
  }

  synchronized List<Task> live() {
    return live.values().stream().map(Entry::task).toList();
  }

  /** The task of this attempt, whether it lives or has ended. */
  synchronized List<KnownTask> of(AttemptKey attempt) {
    List<KnownTask> found = new ArrayList<>();
    Entry entry = live.get(attempt);
    if (entry != null) {
      found.add(known(entry.task, true));
    } else if (ended.containsKey(attempt)) {
      found.add(ended.get(attempt));
    }
    return found;
  }

  static KnownTask known(Task task, boolean running) {
    return new KnownTask(task.attempt(), task.host(), task.id(), running);
  }

  @Override
  public void running(Task task, long startedAt) {
    add(task);
    events.send(EcsEvents.running(subject(task), startedAt), () -> {});
  }

  @Override
  public void stopped(Task task, TaskEnding ending) {
    Entry entry;
    synchronized (this) {
      Entry before = live.remove(task.attempt());
      entry = before == null ? new Entry(task, null, false) : before;
      ended.put(task.attempt(), known(task, false));
    }
    events.send(EcsEvents.stopped(subject(task), stop(entry, ending)), () -> forget.accept(task));
  }

  private static EcsEvents.Subject subject(Task task) {
    return new EcsEvents.Subject(task.attempt(), task.host(), task.containerInstance(), task.id());
  }

  private static EcsEvents.Stop stop(Entry entry, TaskEnding ending) {
    String hostLost = "Host EC2 (instance " + entry.task.host().instance() + ") terminated.";
    boolean lost = ending.cause() == TaskEnding.Cause.LOST;
    if (entry.hostGone || (lost && entry.stop == null)) {
      return stop("TerminationNotice", hostLost, ending);
    }
    if (entry.stop != null) {
      return stop("UserInitiated", entry.stop, ending);
    }
    return ending.cause() == TaskEnding.Cause.FAILED_TO_START
        ? stop("TaskFailedToStart", NOT_STARTED, ending)
        : stop("EssentialContainerExited", EXITED, ending);
  }

  private static EcsEvents.Stop stop(String code, String reason, TaskEnding ending) {
    return new EcsEvents.Stop(
        code,
        reason,
        ending.exitCode(),
        ending.reason(),
        ending.startedAt(),
        ending.stoppedAt(),
        ending.containers());
  }
}
