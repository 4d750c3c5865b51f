package dev.longshore.local.runner;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.TaskFiles.Claim;
import dev.longshore.local.timers.Delays;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks as processes of this machine. Each gets a session and process group of its own and a
 * directory in which a small wrapper writes what becomes of it, so that a service that was killed
 * and started again can tell running, ended and lost apart ({@code data-model} 11). The image, the
 * limits on memory and CPU and all that only containers have are ignored. A process that leaves its
 * group is not reached by signals.
 */
public final class ProcessRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);
  private static final Duration SIGNAL_RETRY = Duration.ofMillis(20);
  private static final Duration ADOPTED_POLL = Duration.ofMillis(300);
  private static final Duration ADOPTED_SILENCE = Duration.ofSeconds(10);
  private static final ProcessMark NOBODY = new ProcessMark(0, "");
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final Path directory;
  private final LogStore logs;
  private final TaskListener listener;
  private final InstantSource clock;
  private final Map<String, String> inherited;
  private final ProcessGroup groups;
  private final Map<String, Task> running = new ConcurrentHashMap<>();
  private final Delays timer = new Delays("process-runner");

  /**
   * Keeps the tasks' directories below {@code directory}.
   *
   * @param inherited what jobs get of this service's environment, PATH at least; their own
   *     variables win
   */
  public ProcessRunner(
      Path directory,
      LogStore logs,
      TaskListener listener,
      InstantSource clock,
      Map<String, String> inherited) {
    this.directory = directory;
    this.logs = logs;
    this.listener = listener;
    this.clock = clock;
    this.inherited = Map.copyOf(inherited);
    try (InputStream script = ProcessRunner.class.getResourceAsStream("run-job.sh")) {
      Files.createDirectories(directory);
      Path wrapper = directory.resolve("run-job.sh");
      Files.copy(Objects.requireNonNull(script), wrapper, REPLACE_EXISTING);
      this.groups = new ProcessGroup(pathOf(inherited), wrapper.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String describe() {
    return "processes of this machine (images and resource limits are not used)";
  }

  @Override
  public void start(Task task, Container container) {
    TaskFiles files = files(task);
    try {
      files.create(task);
      Map<String, String> environment = environment(container, files);
      Optional<String> problem =
          container.command().isEmpty()
              ? Optional.of("no command specified, and processes have no image to take it from")
              : Executables.problem(
                  container.command().getFirst(), pathOf(environment), files.work());
      if (problem.isPresent()) {
        failed(task, problem.get());
        return;
      }
      Path log = logs.open(task.log());
      Process process = groups.start(files, container.command(), environment, log);
      running.put(task.id(), task);
      listener.running(task, clock.millis());
      Thread.ofVirtual().name("task-" + task.id()).start(() -> await(task, files, process));
    } catch (FileAlreadyExistsException known) {
      LOG.warn("task {} was started before", task.id());
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("task {} does not start", task.id(), e);
      logs.close(task.log());
      failed(task, problem(container, e));
    }
  }

  private Map<String, String> environment(Container container, TaskFiles files) {
    Map<String, String> environment = new HashMap<>(inherited);
    environment.put("HOME", files.work().toString());
    environment.put("TMPDIR", files.temporary().toString());
    environment.putAll(container.environment());
    return environment;
  }

  private static String pathOf(Map<String, String> environment) {
    return environment.getOrDefault("PATH", DEFAULT_PATH);
  }

  private static String problem(Container container, Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Argument list too long")
        ? "exec: \"" + container.command().getFirst() + "\": argument list too long"
        : message;
  }

  private void failed(Task task, String problem) {
    String reason = "CannotStartContainerError: " + problem;
    listener.stopped(task, TaskEnding.failedToStart(reason, clock.millis()));
  }

  private void await(Task task, TaskFiles files, Process process) {
    try {
      int code = process.waitFor();
      long startedAt = files.startedAt();
      Optional<Integer> exit = files.exitCode();
      if (exit.isEmpty()) {
        // The wrapper was killed with the job, or alone: then what it ran must go, too.
        ProcessGroup.signal(process.pid(), "KILL");
      }
      ended(task, TaskEnding.exited(exit.orElse(code), null, startedAt, endedAt(files)));
    } catch (IOException e) {
      LOG.error("cannot read how task {} ended", task.id(), e);
      ended(task, TaskEnding.lost(files.startedAt(), clock.millis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(Task task, TaskEnding ending) {
    if (running.remove(task.id()) != null) {
      logs.close(task.log());
      listener.stopped(task, ending);
    }
  }

  private long endedAt(TaskFiles files) {
    long written = files.endedAt();
    return written > 0 ? written : clock.millis();
  }

  @Override
  public void stop(Task task, Duration grace) {
    if (grace.isZero()) {
      signal(task, "KILL");
    } else {
      signal(task, "TERM");
      timer.after(grace, () -> signal(task, "KILL"));
    }
  }

  /** Signals the task's group as soon as there is one. */
  private void signal(Task task, String signal) {
    if (!running.containsKey(task.id())) {
      return;
    }
    try {
      Optional<ProcessMark> process = files(task).process();
      if (process.isPresent()) {
        ProcessGroup.signal(process.get().pid(), signal);
      } else {
        timer.after(SIGNAL_RETRY, () -> signal(task, signal));
      }
    } catch (IOException e) {
      LOG.error("cannot send SIG{} to task {}", signal, task.id(), e);
    }
  }

  @Override
  public void recover() {
    for (Path found : taskDirectories()) {
      TaskFiles files = new TaskFiles(found);
      try {
        Task task = files.task().orElse(null);
        if (task == null || files.claim() == Claim.NEVER_STARTED) {
          files.delete();
        } else {
          adopt(task, files);
        }
      } catch (IOException e) {
        LOG.error("cannot read {}", found, e);
      }
    }
  }

  private List<Path> taskDirectories() {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void adopt(Task task, TaskFiles files) throws IOException {
    running.put(task.id(), task);
    logs.open(task.log());
    listener.running(task, files.startedAt());
    lookAfter(task, files, null);
  }

  /**
   * Looks whether a task ended whose parent we are not.
   *
   * @param gone what was there at the last look and is not any more, for a second look at its files
   */
  private void lookAfter(Task task, TaskFiles files, @Nullable ProcessMark gone) {
    try {
      Optional<Integer> exit = files.exitCode();
      Optional<ProcessMark> process = files.process();
      if (exit.isPresent()) {
        ended(task, TaskEnding.exited(exit.get(), null, files.startedAt(), endedAt(files)));
      } else if (gone != null) {
        if (gone.pid() > 0) {
          ProcessGroup.signal(gone.pid(), "KILL");
        }
        ended(task, TaskEnding.lost(files.startedAt(), clock.millis()));
      } else {
        boolean alive = process.isPresent() ? process.get().isAlive() : isYoung(files);
        ProcessMark missing = alive ? null : process.orElse(NOBODY);
        timer.after(ADOPTED_POLL, () -> lookAfter(task, files, missing));
      }
    } catch (IOException e) {
      LOG.error("cannot look after task {}", task.id(), e);
      ended(task, TaskEnding.lost(files.startedAt(), clock.millis()));
    }
  }

  /** True while a wrapper may still be about to say who it is. */
  private boolean isYoung(TaskFiles files) {
    return clock.millis() - files.startedAt() < ADOPTED_SILENCE.toMillis();
  }

  /** All processes share the machine's own network. */
  @Override
  public Optional<String> address(Task task) {
    return running.containsKey(task.id()) ? Optional.of("127.0.0.1") : Optional.empty();
  }

  @Override
  public void forget(Task task) {
    try {
      files(task).delete();
    } catch (IOException e) {
      LOG.warn("cannot delete the working directory of task {}", task.id(), e);
    }
  }

  @Override
  public void close() {
    timer.close();
  }

  /** Processes were told to end, and their files are in a directory that goes as a whole. */
  @Override
  public void discard(Duration limit) {}

  private TaskFiles files(Task task) {
    return new TaskFiles(directory.resolve(task.id()));
  }
}
