package dev.longshore.local.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.Docker.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks as Docker containers, one each. Labels say whose a container is, so that a restarted
 * service finds its own; a container is removed once its end has been taken in.
 */
public final class DockerRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(DockerRunner.class);
  private static final String TASK_LABEL = "dev.longshore.task";
  private static final String OWNER_LABEL = "dev.longshore.owner";
  private static final int CPU_SHARES = 1024;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** For an image to come; a call that takes longer ends, and the attempt with it. */
  private static final Duration PULL = Duration.ofHours(1);

  private static final String OUT_OF_MEMORY =
      "OutOfMemoryError: Container killed due to memory usage";

  private final Docker docker;
  private final String owner;
  private final LogStore logs;
  private final TaskListener listener;
  private final InstantSource clock;
  private final Map<String, Process> followers = new ConcurrentHashMap<>();
  private final Errands errands = new Errands();
  private final Leftovers leftovers;
  private volatile boolean closed;

  /**
   * Runs containers for one service.
   *
   * @param owner names the service: containers of other owners are left alone
   */
  public DockerRunner(
      Docker docker, String owner, LogStore logs, TaskListener listener, InstantSource clock) {
    this.docker = docker;
    this.leftovers = new Leftovers(docker);
    this.owner = owner;
    this.logs = logs;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public String describe() {
    return "Docker containers";
  }

  @Override
  public void start(Task task, Container container) {
    errands.here(() -> run(task, container));
  }

  private void run(Task task, Container container) {
    if (closed) {
      return;
    }
    try {
      Optional<String> problem = create(task, container);
      if (problem.isPresent()) {
        failed(task, problem.get());
        return;
      }
      Path log = logs.open(task.log());
      problem = startCreated(task);
      if (closed) {
        // The next start of the service finds the container as it is then.
        return;
      }
      if (problem.isEmpty()) {
        long startedAt = clock.millis();
        listener.running(task, startedAt);
        Thread.ofVirtual().name("task-" + task.id()).start(() -> follow(task, log));
      } else {
        logs.close(task.log());
        failed(task, "CannotStartContainerError: " + problem.get());
      }
    } catch (IOException e) {
      failed(task, "DockerTimeoutError: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts the container and says what went wrong. When the engine goes away meanwhile nobody knows
   * whether it did: then its state decides, once the engine answers, so that it never runs twice.
   */
  private Optional<String> startCreated(Task task) throws InterruptedException {
    while (!closed) {
      try {
        Result started = docker.call(List.of("start", nameOf(task)));
        if (!started.isAway()) {
          return started.isGood() ? Optional.empty() : Optional.of(started.problem());
        }
        LOG.warn("no engine answers the start of task {}", task.id());
      } catch (IOException e) {
        LOG.warn("task {} cannot be started just now", task.id(), e);
      }
      Optional<ContainerState> state = stateOnceAnswered(task);
      if (state.isEmpty()) {
        return Optional.of("the container is gone");
      }
      if (!state.get().isUnstarted()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<ContainerState> stateOnceAnswered(Task task) throws InterruptedException {
    while (!closed) {
      Thread.sleep(PAUSE);
      try {
        return state(task);
      } catch (IOException e) {
        LOG.debug("no state of task {} yet", task.id(), e);
      }
    }
    return Optional.empty();
  }

  private void failed(Task task, String reason) {
    listener.stopped(task, TaskEnding.failedToStart(reason, clock.millis()));
  }

  /** Creates the container, with its image pulled when it is not there; says what went wrong. */
  private Optional<String> create(Task task, Container container)
      throws IOException, InterruptedException {
    Result created = tryToCreate(task, container);
    if (!created.isGood() && created.error().contains("No such image")) {
      Result pulled = docker.call(List.of("pull", "--quiet", container.image()), Map.of(), PULL);
      if (!pulled.isGood()) {
        return Optional.of("CannotPullContainerError: " + pulled.problem());
      }
      created = tryToCreate(task, container);
    }
    return created.isGood()
        ? Optional.empty()
        : Optional.of("CannotCreateContainerError: " + created.problem());
  }

  private Result tryToCreate(Task task, Container container)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("create", "--pull", "never"));
    call.addAll(List.of("--name", nameOf(task), "--log-driver", "json-file"));
    call.addAll(List.of("--label", OWNER_LABEL + "=" + owner));
    call.addAll(List.of("--label", TASK_LABEL + "=" + encode(task)));
    call.addAll(List.of("--memory", container.shape().memoryMib() + "m"));
    call.addAll(List.of("--cpu-shares", Integer.toString(container.shape().vcpus() * CPU_SHARES)));
    if (container.shape().gpus() > 0) {
      call.addAll(List.of("--gpus", Integer.toString(container.shape().gpus())));
    }
    call.addAll(container.options());
    Map<String, String> environment = new HashMap<>();
    container
        .environment()
        .forEach((name, value) -> {
          // By name alone, so that no value is seen in a list of processes; what the command
          // itself goes by cannot be given so.
          boolean hidden = System.getenv(name) == null && !name.startsWith("DOCKER_");
          call.addAll(List.of("--env", hidden ? name : name + "=" + value));
          if (hidden) {
            environment.put(name, value);
          }
        });
    call.add(container.image());
    call.addAll(container.command());
    return docker.call(call, environment, Duration.ZERO);
  }

  /** Copies the container's output until it ends, then tells how it did. */
  private void follow(Task task, Path log) {
    try {
      boolean again = false;
      while (!closed && !isOver(task, log, again)) {
        again = true;
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Copies the output and looks what became of the container; true when it is over, which is told.
   * While the engine does not answer nothing is: what it ran may go on.
   */
  private boolean isOver(Task task, Path log, boolean again) throws InterruptedException {
    try {
      if (again) {
        LOG.warn("the output of task {} is copied again", task.id());
        Files.writeString(log, "");
      }
      Process copy = docker.into(log, List.of("logs", "--follow", nameOf(task)));
      followers.put(task.id(), copy);
      copy.waitFor();
      followers.remove(task.id());
      if (closed) {
        return false;
      }
      Optional<ContainerState> state = state(task);
      boolean over = state.isEmpty() || state.get().isOver();
      if (over) {
        ended(task, state.map(this::ending).orElseGet(() -> TaskEnding.lost(0, clock.millis())));
      }
      return over;
    } catch (IOException e) {
      LOG.warn("cannot follow task {} just now", task.id(), e);
      return false;
    }
  }

  private TaskEnding ending(ContainerState state) {
    String reason = state.outOfMemory() ? OUT_OF_MEMORY : null;
    // The engine notes a start after the fact: a short run may seem to end before it.
    long stoppedAt =
        state.finishedAt() > 0 ? Math.max(state.finishedAt(), state.startedAt()) : clock.millis();
    return TaskEnding.exited(state.exitCode(), reason, state.startedAt(), stoppedAt);
  }

  private void ended(Task task, TaskEnding ending) {
    logs.close(task.log());
    listener.stopped(task, ending);
  }

  private Optional<ContainerState> state(Task task) throws IOException, InterruptedException {
    return ContainerState.of(docker, nameOf(task));
  }

  @Override
  public void recover() {
    try {
      String format = "{{.State}}\t{{.Label \"" + TASK_LABEL + "\"}}";
      String mine = "label=" + OWNER_LABEL + "=" + owner;
      Result found =
          docker.call(List.of("ps", "--all", "--filter", mine, "--format", format)).answered();
      for (String line : found.output().lines().toList()) {
        int tab = line.indexOf('\t');
        Task task = decode(line.substring(tab + 1)).orElse(null);
        if (task != null && line.startsWith("created\t")) {
          // It never ran; without it the start can be repeated.
          leftovers.remove(task);
        } else if (task != null) {
          adopt(task);
        }
      }
    } catch (IOException e) {
      // Without them their jobs would be taken for lost, and start a second time.
      throw new UncheckedIOException("cannot look for containers of an earlier run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void adopt(Task task) throws IOException, InterruptedException {
    // A copy that an earlier run left behind goes on into the old file, which nobody sees any more.
    Path log = logs.renew(task.log());
    long startedAt = state(task).map(ContainerState::startedAt).orElse(clock.millis());
    listener.running(task, startedAt);
    Thread.ofVirtual().name("task-" + task.id()).start(() -> follow(task, log));
  }

  @Override
  public void stop(Task task, Duration grace) {
    String seconds = Long.toString(grace.toSeconds());
    List<String> call =
        grace.isZero()
            ? List.of("kill", nameOf(task))
            : List.of("stop", "--time", seconds, nameOf(task));
    errands.inBackground(() -> Leftovers.call(docker, call, grace));
  }

  /** Containers of one network reach each other by their addresses in it. */
  @Override
  public Optional<String> address(Task task) {
    String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}";
    try {
      Result result = docker.call(List.of("inspect", "--format", format, nameOf(task)));
      return result.isGood()
          ? result
              .output()
              .strip()
              .lines()
              .flatMap(line -> Stream.of(line.split(" ", -1)))
              .filter(address -> !address.isEmpty())
              .findFirst()
          : Optional.empty();
    } catch (IOException e) {
      LOG.warn("cannot find the address of task {}", task.id(), e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void forget(Task task) {
    errands.inBackground(() -> {
      leftovers.remove(task);
      leftovers.removeVolumes(task.whole());
    });
  }

  @Override
  public void close() {
    closed = true;
    errands.close();
    followers.values().forEach(Process::destroy);
  }

  @Override
  public void discard(Duration limit) {
    String mine = OWNER_LABEL + "=" + owner;
    long until = System.nanoTime() + limit.toNanos();
    try {
      if (!errands.await(limit)) {
        throw new IOException("docker is still at work after %d s".formatted(limit.toSeconds()));
      }
      Duration left = Duration.ofNanos(until - System.nanoTime());
      leftovers.removeAll(mine, TASK_LABEL, DockerRunner::decode, left);
    } catch (IOException e) {
      LOG.warn(
          "containers may be left behind: {}; docker ps --all --filter label={} lists them",
          e.getMessage(),
          mine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String nameOf(Task task) {
    return "longshore-" + task.id();
  }

  private static String encode(Task task) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(task.text().getBytes(UTF_8));
  }

  private static Optional<Task> decode(String label) {
    try {
      return Task.parse(new String(Base64.getUrlDecoder().decode(label), UTF_8));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
