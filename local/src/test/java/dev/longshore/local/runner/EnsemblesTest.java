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
import java.util.List;
import java.util.Map;
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
