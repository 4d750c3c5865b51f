package dev.longshore.local.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.local.logs.LogName;
import dev.longshore.local.logs.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/** A {@code docker} command whose engine goes away and comes back; no engine is needed. */
@Timeout(60)
class DockerOutageTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Task TASK =
      new Task(
          new AttemptKey(JobKey.whole(JobId.of("00000000-0000-4000-8000-000000000001")), 1, 0),
          new HostId("ce", "i-1"),
          "c1",
          new LogName("/aws/batch/job", "d/1"));

  private static final String DOCKER =
      """
      #!/bin/sh
      case $1 in
        info | create | logs) exit 0 ;;
        start)
          if [ -e "$0.answerless" ]; then
            rm "$0.answerless"
            echo 'error during connect: Post "http://docker/start": EOF' >&2
            exit 1
          fi
          echo started >> "$0.starts"
          rm -f "$0.unstarted"
          exit 0 ;;
      esac
      if [ -e "$0.hung" ]; then
        rm "$0.hung"
        exec sleep 600
      fi
      if [ -e "$0.away" ]; then
        rm "$0.away"
        echo 'Cannot connect to the Docker daemon. Is the docker daemon running?' >&2
        exit 1
      fi
      if [ -e "$0.gone" ]; then
        echo 'Error response from daemon: No such container: it' >&2
        exit 1
      fi
      [ "$1" = rm ] && [ -e "$0.slow" ] && touch "$0.removing" && sleep 1
      [ "$1" = rm ] && echo "$4" >> "$0.removed"
      [ "$1" = inspect ] && [ -e "$0.unstarted" ] && echo 'created 0 false - -' && exit 0
      [ "$1" = inspect ] &&
        echo 'exited 3 false 2026-01-01T00:00:00.5Z 2026-01-01T00:00:02Z'
      exit 0
      """;

  @TempDir private Path directory;

  private final Heard heard = new Heard();
  private DockerRunner runner;

  @BeforeEach
  void start() throws IOException {
    Path program = directory.resolve("docker");
    Files.writeString(program, DOCKER);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Docker docker = Docker.answering(directory.toString(), Duration.ofSeconds(10)).orElseThrow();
    LogStore logs = new LogStore(directory.resolve("logs"));
    Docker within = docker.within(LIMIT);
    runner = new DockerRunner(within, "me", logs, heard, InstantSource.system());
  }

  @AfterEach
  void end() {
    runner.close();
  }

  /** From now on the next call finds no engine, or no call finds the container. */
  private void mark(String what) throws IOException {
    Files.createFile(directory.resolve("docker." + what));
  }

  private void run() {
    Shape shape = new Shape(1, 64, 0);
    runner.start(TASK, new Container("busybox", List.of("true"), Map.of(), shape, List.of()));
  }

  @Test
  @DisplayName("A container is not given up while the engine does not answer: it may still run")
  void engineGoesAway() throws IOException, InterruptedException {
    mark("away");
    run();
    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(TaskEnding.Cause.EXITED);
    assertThat(ending.exitCode()).isEqualTo(3);
  }

  @Test
  @DisplayName("A container that was made and not started is started once the engine is back")
  void startedLater() throws IOException, InterruptedException {
    mark("unstarted");
    mark("answerless");
    run();
    assertThat(heard.ending().exitCode()).isEqualTo(3);
    assertThat(directory.resolve("docker.starts")).hasContent("started");
  }

  @Test
  @DisplayName("A start that the engine did not answer is not repeated when the container ran")
  void startedOnce() throws IOException, InterruptedException {
    mark("answerless");
    run();
    assertThat(heard.ending().exitCode()).isEqualTo(3);
    assertThat(directory.resolve("docker.starts")).doesNotExist();
  }

  @Test
  @DisplayName("A call that hangs is given up and made again")
  void engineHangs() throws IOException, InterruptedException {
    mark("hung");
    run();
    assertThat(heard.ending().exitCode()).isEqualTo(3);
  }

  @Test
  @DisplayName("What is left of a task is removed once the engine is back")
  void removedLater() throws IOException, InterruptedException {
    mark("away");
    runner.forget(TASK);
    while (!Files.exists(directory.resolve("docker.removed"))) {
      Thread.sleep(10);
    }
    assertThat(directory.resolve("docker.removed")).hasContent("longshore-" + TASK.id());
  }

  @Test
  @DisplayName("Who discards what is left waits for a removal that is under way")
  void waitsForRemovals() throws IOException, InterruptedException {
    mark("slow");
    runner.forget(TASK);
    while (!Files.exists(directory.resolve("docker.removing"))) {
      Thread.sleep(10);
    }
    runner.close();
    runner.discard(LIMIT);
    assertThat(directory.resolve("docker.removed")).hasContent("longshore-" + TASK.id());
  }

  @Test
  @DisplayName("Who discards what is left does not wait for longer than it may")
  void doesNotWaitForever() throws IOException {
    mark("hung");
    runner.forget(TASK);
    runner.close();
    long before = System.nanoTime();
    runner.discard(Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("A container that the engine does not have is lost")
  void containerIsGone() throws IOException, InterruptedException {
    mark("gone");
    run();
    assertThat(heard.ending().cause()).isEqualTo(TaskEnding.Cause.LOST);
  }

  @Test
  @DisplayName("A service that cannot see what an earlier one left does not start")
  void recoversNothing() throws IOException {
    mark("away");
    assertThatThrownBy(runner::recover)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("Cannot connect to the Docker daemon. Is the docker daemon running?");
  }
}
