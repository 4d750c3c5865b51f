package dev.longshore.local.runner;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.local.runner.Containers.Part;
import dev.longshore.local.runner.Containers.Wait;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of several containers: starts each when what it depends on has happened, stops the others
 * when an essential one ends, and tells of all of them as of one task. Tasks of one container pass
 * through. Calls of the runner are made without holding a lock.
 */
final class Ensembles implements TaskListener {
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);

  private final TaskListener listener;
  private final InstantSource clock;
  private final Map<AttemptKey, Ensemble> ensembles = new HashMap<>();
  private @Nullable Runner runner;

  /** False while containers of an earlier run may still turn up. */
  private boolean recovered;

  /** Tells {@code listener} of whole tasks. */
  Ensembles(TaskListener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  /** Called once, before anything else. */
  void runWith(Runner chosen) {
    this.runner = chosen;
  }

  private Runner runner() {
    return Objects.requireNonNull(runner);
  }

  /** The containers of one task and what became of them, by name. */
  private static final class Ensemble {
    private final Task whole;

    /** In the order of the definition; empty when an earlier run of the service started it. */
    private final List<Part> plan;

    private final Map<String, Task> begun = new LinkedHashMap<>();
    private final Map<String, Long> startedAt = new HashMap<>();
    private final Map<String, TaskEnding> ended = new LinkedHashMap<>();
    private @Nullable TaskEnding decisive;
    private boolean stopping;
    private boolean told;
    private boolean over;

    private Ensemble(Task whole, List<Part> plan) {
      this.whole = whole;
      this.plan = plan;
    }
  }

  /** Starts the containers that wait for nothing; the others follow. */
  void start(Task whole, List<Part> parts) {
    Ensemble ensemble = new Ensemble(whole, List.copyOf(parts));
    synchronized (this) {
      ensembles.put(whole.attempt(), ensemble);
    }
    startDue(ensemble);
  }

  private void startDue(Ensemble ensemble) {
    for (Part part : ensemble.plan) {
      Task task;
      synchronized (this) {
        if (ensemble.stopping || ensemble.begun.containsKey(part.name())) {
          continue;
        }
        String never = neverMet(ensemble, part);
        if (never == null && !isMet(ensemble, part)) {
          continue;
        }
        task =
            ensemble.whole.part(
                new TaskPart(part.name(), part.essential(), ensemble.plan.size()), part.log());
        ensemble.begun.put(part.name(), task);
        if (never != null) {
          Thread.ofVirtual()
              .start(() -> stopped(task, TaskEnding.failedToStart(never, clock.millis())));
          continue;
        }
      }
      Thread.ofVirtual().name("start-" + task.id()).start(() -> run(task, part));
    }
  }

  private void run(Task task, Part part) {
    try {
      runner().start(task, part.container());
    } catch (RuntimeException e) {
      String reason = "CannotStartContainerError: " + e.getMessage();
      stopped(task, TaskEnding.failedToStart(reason, clock.millis()));
    }
  }

  private static boolean isMet(Ensemble ensemble, Part part) {
    return part.after().stream().allMatch(wait -> isMet(ensemble, wait));
  }

  private static boolean isMet(Ensemble ensemble, Wait wait) {
    TaskEnding end = ensemble.ended.get(wait.name());
    return switch (wait.condition()) {
      case START -> ensemble.startedAt.containsKey(wait.name());
      case COMPLETE -> end != null;
      case SUCCESS -> end != null && succeeded(end);
    };
  }

  private static boolean succeeded(TaskEnding end) {
    return end.exitCode() != null && end.exitCode() == 0;
  }

  /** Why this container can never start; null when it may. */
  private static @Nullable String neverMet(Ensemble ensemble, Part part) {
    for (Wait wait : part.after()) {
      TaskEnding end = ensemble.ended.get(wait.name());
      boolean never =
          end != null
              && switch (wait.condition()) {
                case START -> !ensemble.startedAt.containsKey(wait.name());
                case COMPLETE -> false;
                case SUCCESS -> !succeeded(end);
              };
      if (never) {
        return "its dependency " + wait.name() + " did not reach " + wait.condition();
      }
    }
    return null;
  }

  @Override
  public void running(Task task, long startedAt) {
    TaskPart part = task.part();
    if (part == null) {
      listener.running(task, startedAt);
      return;
    }
    Ensemble ensemble;
    boolean tell;
    boolean stop;
    synchronized (this) {
      ensemble = of(task);
      ensemble.begun.put(part.name(), task);
      ensemble.startedAt.put(part.name(), startedAt);
      tell = part.essential() && !ensemble.told;
      ensemble.told = ensemble.told || tell;
      stop = ensemble.stopping;
    }
    if (tell) {
      listener.running(ensemble.whole, startedAt);
    }
    if (stop) {
      runner().stop(task, STOP_GRACE);
    }
    startDue(ensemble);
  }

  /** The ensemble of this container; a new one when an earlier run of the service started it. */
  private synchronized Ensemble of(Task task) {
    return ensembles.computeIfAbsent(task.attempt(), _ -> new Ensemble(task.whole(), List.of()));
  }

  @Override
  public void stopped(Task task, TaskEnding ending) {
    TaskPart part = task.part();
    if (part == null) {
      listener.stopped(task, ending);
      return;
    }
    Ensemble ensemble;
    List<Task> others;
    synchronized (this) {
      ensemble = of(task);
      ensemble.begun.put(part.name(), task);
      ensemble.ended.putIfAbsent(part.name(), ending);
      others = List.of();
      if (part.essential() && ensemble.decisive == null) {
        ensemble.decisive = ending;
        ensemble.stopping = true;
        others = live(ensemble);
      }
    }
    others.forEach(other -> runner().stop(other, STOP_GRACE));
    startDue(ensemble);
    endIfOver(ensemble);
  }

  private static List<Task> live(Ensemble ensemble) {
    List<Task> live = new ArrayList<>();
    ensemble.begun.forEach((name, task) -> {
      if (!ensemble.ended.containsKey(name)) {
        live.add(task);
      }
    });
    return live;
  }

  private void endIfOver(Ensemble ensemble) {
    TaskEnding ending;
    synchronized (this) {
      int parts =
          ensemble.begun.values().stream()
              .map(Task::part)
              .filter(Objects::nonNull)
              .mapToInt(TaskPart::of)
              .max()
              .orElse(0);
      boolean known = recovered || !ensemble.plan.isEmpty();
      boolean all = known && (ensemble.stopping || ensemble.ended.size() >= parts);
      if (ensemble.over || !live(ensemble).isEmpty() || !all) {
        return;
      }
      ensemble.over = true;
      ending = ending(ensemble);
    }
    listener.stopped(ensemble.whole, ending);
  }

  /** The end of the task is that of the essential container which ended first. */
  private TaskEnding ending(Ensemble ensemble) {
    List<ContainerEnd> ends = new ArrayList<>();
    TaskEnding decisive = ensemble.decisive;
    // The deciding one first, so that it is known again by its end.
    ensemble.ended.forEach((name, end) -> {
      ContainerEnd one = new ContainerEnd(name, end.exitCode(), end.reason());
      ends.add(Objects.equals(end, decisive) ? 0 : ends.size(), one);
    });
    long startedAt = ensemble.startedAt.values().stream().mapToLong(at -> at).min().orElse(0);
    long stoppedAt =
        ensemble.ended.values().stream().mapToLong(TaskEnding::stoppedAt).max().orElse(0);
    TaskEnding end =
        decisive != null
            ? decisive
            : startedAt == 0
                ? TaskEnding.failedToStart("stopped before it started", clock.millis())
                : TaskEnding.lost(startedAt, stoppedAt);
    return end.with(ends, startedAt, stoppedAt == 0 ? clock.millis() : stoppedAt);
  }

  /** Asks all containers of a task to end; those that have not begun never will. */
  void stop(Task whole, Duration grace) {
    Ensemble ensemble;
    List<Task> live;
    synchronized (this) {
      ensemble = ensembles.get(whole.attempt());
      live = ensemble == null ? List.of(whole) : live(ensemble);
      if (ensemble != null) {
        ensemble.stopping = true;
      }
    }
    live.forEach(task -> runner().stop(task, grace));
    if (ensemble != null) {
      endIfOver(ensemble);
    }
  }

  /** Where a task is reached: all its containers are at the address of the first. */
  Optional<String> address(Task whole) {
    Task reached;
    synchronized (this) {
      Ensemble ensemble = ensembles.get(whole.attempt());
      List<Task> live = ensemble == null ? List.of(whole) : live(ensemble);
      if (live.isEmpty()) {
        return Optional.empty();
      }
      reached = live.getFirst();
    }
    return runner().address(reached);
  }

  /** Nobody needs to be told of this ended task any more. */
  void forget(Task whole) {
    Ensemble ensemble;
    synchronized (this) {
      ensemble = ensembles.remove(whole.attempt());
    }
    if (ensemble == null) {
      runner().forget(whole);
    } else {
      ensemble.begun.values().forEach(runner()::forget);
    }
  }

  /**
   * All that an earlier run of the service left is known. Before that no task of it is over: an
   * essential container that has ended may be found before another one that still runs. A task of
   * which not all containers had begun cannot go on: what the others are is not known any more.
   */
  void recovered() {
    List<Ensemble> cut = new ArrayList<>();
    List<Ensemble> all;
    synchronized (this) {
      recovered = true;
      all = List.copyOf(ensembles.values());
      for (Ensemble ensemble : ensembles.values()) {
        TaskPart part = ensemble.begun.values().iterator().next().part();
        if (part != null && ensemble.begun.size() < part.of()) {
          cut.add(ensemble);
        }
      }
    }
    cut.forEach(ensemble -> stop(ensemble.whole, STOP_GRACE));
    all.forEach(this::endIfOver);
  }
}
