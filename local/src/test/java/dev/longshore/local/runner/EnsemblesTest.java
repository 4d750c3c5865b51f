package dev.longshore.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.local.logs.LogName;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.Containers.Condition;
import dev.longshore.local.runner.Containers.Part;
import dev.longshore.local.runner.Containers.Wait;
import dev.longshore.local.runner.TaskEnding.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of several containers, as real processes. */
@Timeout(120)
class EnsemblesTest {
  private static final Task TASK =
      new Task(
          new AttemptKey(JobKey.whole(JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8")), 1, 0),
          new HostId("ce", "i-1"),
          "c",
          new LogName("g", "d/a/t"));

  @TempDir private Path directory;

  private final Heard heard = new Heard();
  private Ensembles ensembles;
  private ProcessRunner runner;

  @BeforeEach
  void start() {
    begin(heard);
  }

  private void begin(Heard listener) {
    ensembles = new Ensembles(listener, InstantSource.system());
    runner =
        new ProcessRunner(
            directory.resolve("tasks"),
            new LogStore(directory.resolve("logs")),
            ensembles,
            InstantSource.system(),
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"));
    ensembles.runWith(runner);
  }

  @AfterEach
  void end() {
    runner.close();
  }

  private static Part part(String name, boolean essential, String script, Wait... after) {
    Container container =
        new Container("", List.of("sh", "-c", script), Map.of(), new Shape(1, 10, 0), List.of());
    return new Part(
        name, essential, List.of(after), container, new LogName("g", "d/" + name + "/t"));
  }

  private Path marker(String name) {
    return directory.resolve(name);
  }

  /** The beginning of a script that goes on once this marker is there. */
  private String await(String name) {
    return "while [ ! -e " + marker(name) + " ]; do sleep 0.05; done; ";
  }

  private static Wait wait(String name, Condition condition) {
    return new Wait(name, condition);
  }

  @Test
  @DisplayName("A container that waits for the success of another one starts after it")
  void inOrder() throws InterruptedException, IOException {
    Path file = directory.resolve("made");
    ensembles.start(
        TASK,
        List.of(
            part("work", true, "cat " + file, wait("init", Condition.SUCCESS)),
            part("init", false, "sleep 0.2; echo ready > " + file)));
    TaskEnding ending = heard.ending();
    assertThat(ending.exitCode()).isZero();
    assertThat(ending.containers())
        .containsExactly(new ContainerEnd("work", 0, null), new ContainerEnd("init", 0, null));
    assertThat(Files.readString(file)).isEqualTo("ready\n");
  }

  @Test
  @DisplayName("The end of an essential container ends the task and stops the others")
  void essentialEnds() throws InterruptedException {
    ensembles.start(
        TASK,
        List.of(
            part("work", true, await("up") + "exit 3"),
            part("side", false, "touch " + marker("up") + "; exec sleep 60")));
    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(Cause.EXITED);
    assertThat(ending.exitCode()).isEqualTo(3);
    assertThat(ending.containers()).contains(new ContainerEnd("side", 143, null));
  }

  @Test
  @DisplayName("A container that is not essential may fail without ending the task")
  void othersMayFail() throws InterruptedException {
    ensembles.start(
        TASK,
        List.of(
            part("work", true, "sleep 0.3", wait("side", Condition.START)),
            part("side", false, "exit 9")));
    assertThat(heard.ending().exitCode()).isZero();
  }

  @Test
  @DisplayName("A container whose dependency failed never starts; if it is essential, nor the task")
  void failedDependency() throws InterruptedException {
    ensembles.start(
        TASK,
        List.of(
            part("work", true, "true", wait("init", Condition.SUCCESS)),
            part("init", false, "exit 1")));
    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(Cause.FAILED_TO_START);
    assertThat(ending.reason()).isEqualTo("its dependency init did not reach SUCCESS");
    assertThat(heard.nothingRan()).isTrue();
  }

  @Test
  @DisplayName("A stop reaches all containers, and those that have not begun never do")
  void stop() throws InterruptedException {
    ensembles.start(
        TASK,
        List.of(
            part("work", true, "exec sleep 60"),
            part("last", false, "true", wait("side", Condition.COMPLETE)),
            part("side", false, "exec sleep 60")));
    heard.running();
    ensembles.stop(TASK, Duration.ofSeconds(30));
    TaskEnding ending = heard.ending();
    assertThat(ending.containers())
        .extracting(ContainerEnd::name)
        .containsExactlyInAnyOrder("work", "side");
  }

  @Test
  @DisplayName(
      "A task whose essential container ended while no service ran is over with the others")
  void recoversWhatIsNotOver() throws InterruptedException {
    ensembles = new Ensembles(heard, InstantSource.system());
    List<String> stopped = new ArrayList<>();
    ensembles.runWith(new Idle(stopped));
    Task work = TASK.part(new TaskPart("work", true, 2), TASK.log());
    Task side = TASK.part(new TaskPart("side", false, 2), TASK.log());
    // As recovery tells it, which may find the ended one first.
    ensembles.running(work, 1);
    ensembles.stopped(work, TaskEnding.exited(5, null, 1, 2));
    assertThat(heard.running()).isPositive();
    assertThat(heard.nothingEnded()).as("the other container was not looked at yet").isTrue();
    ensembles.running(side, 1);
    ensembles.recovered();
    assertThat(stopped).contains("side");
    assertThat(heard.nothingEnded()).as("the other container still runs").isTrue();
    ensembles.stopped(side, TaskEnding.exited(143, null, 1, 3));
    assertThat(heard.ending().exitCode()).isEqualTo(5);
  }

  @Test
  @DisplayName(
      "A task of which one container is left, and that has ended, is over once all is known")
  void recoversWhatIsOver() throws InterruptedException {
    ensembles = new Ensembles(heard, InstantSource.system());
    ensembles.runWith(new Idle(new ArrayList<>()));
    Task work = TASK.part(new TaskPart("work", true, 2), TASK.log());
    ensembles.running(work, 1);
    ensembles.stopped(work, TaskEnding.exited(5, null, 1, 2));
    assertThat(heard.nothingEnded()).isTrue();
    ensembles.recovered();
    assertThat(heard.ending().exitCode()).isEqualTo(5);
  }

  @Test
  @DisplayName(
      "The next attempt of a job is a task of its own: ends of the one before do not count")
  void attemptsAreApart() throws InterruptedException {
    ensembles = new Ensembles(heard, InstantSource.system());
    ensembles.runWith(new Idle(new ArrayList<>()));
    ensembles.recovered();
    Task next = new Task(nextAttempt(), TASK.host(), "c", TASK.log());
    Task oldWork = TASK.part(new TaskPart("work", true, 2), TASK.log());
    Task oldSide = TASK.part(new TaskPart("side", false, 2), TASK.log());
    Task work = next.part(new TaskPart("work", true, 2), TASK.log());
    Task side = next.part(new TaskPart("side", false, 2), TASK.log());
    for (Task each : List.of(oldWork, oldSide, work, side)) {
      ensembles.running(each, 1);
    }
    ensembles.stopped(oldWork, TaskEnding.exited(1, null, 1, 2));
    ensembles.stopped(oldSide, TaskEnding.exited(143, null, 1, 2));
    assertThat(heard.ending().exitCode()).isEqualTo(1);
    ensembles.stopped(side, TaskEnding.exited(0, null, 1, 3));
    assertThat(heard.nothingEnded()).as("the essential container goes on").isTrue();
    ensembles.stopped(work, TaskEnding.exited(7, null, 1, 3));
    assertThat(heard.ending().exitCode()).isEqualTo(7);
  }

  private static AttemptKey nextAttempt() {
    return new AttemptKey(TASK.attempt().key(), 2, 0);
  }

  /** Runs nothing; remembers which containers were told to stop. */
  private record Idle(List<String> stopped) implements Runner {
    @Override
    public String describe() {
      return "nothing";
    }

    @Override
    public void recover() {}

    @Override
    public void start(Task task, Container container) {}

    @Override
    public void stop(Task task, Duration grace) {
      stopped.add(task.part() == null ? "" : task.part().name());
    }

    @Override
    public Optional<String> address(Task task) {
      return Optional.empty();
    }

    @Override
    public void forget(Task task) {}

    @Override
    public void close() {}

    @Override
    public void discard(Duration limit) {}
  }

  @Test
  @DisplayName("A service that starts again finds all containers of a task and tells of its end")
  void recovers() throws InterruptedException, IOException {
    ensembles.start(
        TASK,
        List.of(
            part("work", true, "touch " + marker("work") + "; " + await("go") + "exit 5"),
            part("side", false, "touch " + marker("side") + "; exec sleep 60")));
    while (!Files.exists(marker("work")) || !Files.exists(marker("side"))) {
      Thread.sleep(5);
    }
    runner.close();
    Heard later = new Heard();
    begin(later);
    runner.recover();
    ensembles.recovered();
    assertThat(later.running()).isPositive();
    Files.createFile(marker("go"));
    TaskEnding ending = later.ending();
    assertThat(ending.exitCode()).isEqualTo(5);
    assertThat(ending.containers()).hasSize(2);
  }
}
