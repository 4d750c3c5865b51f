package dev.longshore.local.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.Docker.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Set<String> OVER = Set.of("exited", "dead", "stopped");
  private static final String OUT_OF_MEMORY =
      "OutOfMemoryError: Container killed due to memory usage";

  private final Docker docker;
  private final String owner;
  private final LogStore logs;
  private final TaskListener listener;
  private final InstantSource clock;
  private final Map<String, Process> followers = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Runs containers for one service.
   *
   * @param owner names the service: containers of other owners are left alone
   */
  public DockerRunner(
      Docker docker, String owner, LogStore logs, TaskListener listener, InstantSource clock) {
    this.docker = docker;
    this.owner = owner;
    this.logs = logs;
    this.listener = listener;
    this.clock = clock;
  }

  /** What {@code docker inspect} says of a container's state. */
  private record State(
      String status, int exitCode, boolean outOfMemory, long startedAt, long finishedAt) {}

  @Override
  public String describe() {
    return "Docker containers";
  }

  @Override
  public void start(Task task, Container container) {
    try {
      Optional<String> problem = create(task, container);
      if (problem.isPresent()) {
        failed(task, problem.get());
        return;
      }
      Path log = logs.open(task.log());
      Result started = docker.call(List.of("start", nameOf(task)));
      if (started.isGood()) {
        long startedAt = clock.millis();
        listener.running(task, startedAt);
        Thread.ofVirtual().name("task-" + task.id()).start(() -> follow(task, log));
      } else {
        logs.close(task.log());
        failed(task, "CannotStartContainerError: " + started.problem());
      }
    } catch (IOException e) {
      failed(task, "DockerTimeoutError: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(Task task, String reason) {
    listener.stopped(task, TaskEnding.failedToStart(reason, clock.millis()));
  }

  /** Creates the container, with its image pulled when it is not there; says what went wrong. */
  private Optional<String> create(Task task, Container container)
      throws IOException, InterruptedException {
    Result created = tryToCreate(task, container);
    if (!created.isGood() && created.error().contains("No such image")) {
      Result pulled = docker.call(List.of("pull", "--quiet", container.image()));
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
    return docker.call(call, environment);
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
      Optional<State> state = state(task);
      boolean over = state.isEmpty() || OVER.contains(state.get().status);
      if (over) {
        ended(task, state.map(this::ending).orElseGet(() -> TaskEnding.lost(0, clock.millis())));
      }
      return over;
    } catch (IOException e) {
      LOG.warn("cannot follow task {} just now", task.id(), e);
      return false;
    }
  }

  private TaskEnding ending(State state) {
    String reason = state.outOfMemory ? OUT_OF_MEMORY : null;
    // The engine notes a start after the fact: a short run may seem to end before it.
    long stoppedAt =
        state.finishedAt > 0 ? Math.max(state.finishedAt, state.startedAt) : clock.millis();
    return TaskEnding.exited(state.exitCode, reason, state.startedAt, stoppedAt);
  }

  private void ended(Task task, TaskEnding ending) {
    logs.close(task.log());
    listener.stopped(task, ending);
  }

  /** What the engine says of a container; empty when it has none. */
  private Optional<State> state(Task task) throws IOException, InterruptedException {
    String format =
        "{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}"
            + " {{.State.StartedAt}} {{.State.FinishedAt}}";
    Result result = docker.call(List.of("inspect", "--format", format, nameOf(task)));
    if (!result.isGood() && result.error().toLowerCase(Locale.ROOT).contains("no such")) {
      return Optional.empty();
    }
    String[] fields = answered(result).output().split(" ", -1);
    return Optional.of(
        new State(
            fields[0],
            Integer.parseInt(fields[1]),
            Boolean.parseBoolean(fields[2]),
            millis(fields[3]),
            millis(fields[4])));
  }

  private static Result answered(Result result) throws IOException {
    if (!result.isGood()) {
      throw new IOException(result.problem());
    }
    return result;
  }

  private static long millis(String time) {
    try {
      return Math.max(0, Instant.parse(time).toEpochMilli());
    } catch (DateTimeException notATime) {
      return 0;
    }
  }

  @Override
  public void recover() {
    try {
      String format = "{{.State}}\t{{.Label \"" + TASK_LABEL + "\"}}";
      String mine = "label=" + OWNER_LABEL + "=" + owner;
      Result found =
          answered(docker.call(List.of("ps", "--all", "--filter", mine, "--format", format)));
      for (String line : found.output().lines().toList()) {
        int tab = line.indexOf('\t');
        Task task = decode(line.substring(tab + 1)).orElse(null);
        if (task != null && line.startsWith("created\t")) {
          // It never ran; without it the start can be repeated.
          remove(task);
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
    long startedAt = state(task).map(State::startedAt).orElse(clock.millis());
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
    inBackground(() -> logged(call));
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
    inBackground(() -> {
      remove(task);
      removeVolumes(task.whole());
    });
  }

  /** The volumes of a task go with its last container: before that the engine refuses it. */
  private void removeVolumes(Task whole) throws IOException, InterruptedException {
    String label = "label=" + DockerOptions.VOLUME_LABEL + "=" + whole.id();
    List<String> left =
        docker
            .call(List.of("volume", "ls", "--quiet", "--filter", label))
            .output()
            .lines()
            .toList();
    if (!left.isEmpty()) {
      List<String> call = new ArrayList<>(List.of("volume", "rm"));
      call.addAll(left);
      logged(call);
    }
  }

  private void remove(Task task) throws IOException, InterruptedException {
    docker.call(List.of("rm", "--force", "--volumes", nameOf(task)));
  }

  /** Something to be done with the engine. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void inBackground(Work work) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
          } catch (IOException e) {
            LOG.warn("docker failed", e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void logged(List<String> call) throws IOException, InterruptedException {
    Result result = docker.call(call);
    if (!result.isGood()) {
      LOG.debug("docker {}: {}", call, result.problem());
    }
  }

  @Override
  public void close() {
    closed = true;
    followers.values().forEach(Process::destroy);
  }

  private static String nameOf(Task task) {
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
