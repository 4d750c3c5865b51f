package dev.longshore.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.local.logs.LogLine;
import dev.longshore.local.logs.LogName;
import dev.longshore.local.logs.LogReader;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.TaskEnding.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real containers of the image {@code busybox}; skipped where no Docker engine has or gets it. */
@Timeout(120)
class DockerRunnerTest {
  private static final String IMAGE = Engine.IMAGE;
  private static final Shape SHAPE = new Shape(1, 64, 0);

  private static Docker docker;

  @TempDir private Path directory;

  private final String owner = UUID.randomUUID().toString();
  private final JobId job = JobId.of(UUID.randomUUID().toString());
  private final Heard heard = new Heard();
  private LogStore logs;
  private DockerRunner runner;

  @BeforeAll
  static void find() throws IOException, InterruptedException {
    docker = Engine.orSkip();
  }

  @BeforeEach
  void start() {
    logs = new LogStore(directory.resolve("logs"));
    runner = runner(heard);
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    runner.close();
    String mine = "label=dev.longshore.owner=" + owner;
    for (String left :
        docker.call(List.of("ps", "-aq", "--filter", mine)).output().lines().toList()) {
      docker.call(List.of("rm", "--force", left));
    }
  }

  private DockerRunner runner(TaskListener listener) {
    return new DockerRunner(docker, owner, logs, listener, InstantSource.system());
  }

  private Task task(int index) {
    return new Task(
        new AttemptKey(JobKey.child(job, index), 1, 0),
        new HostId("ce", "i-1"),
        "c1",
        new LogName("/aws/batch/job", "def/default/" + index));
  }

  private void run(Task task, String image, Map<String, String> environment, String... command) {
    runner.start(task, new Container(image, List.of(command), environment, SHAPE, List.of()));
  }

  private List<String> output(Task task) {
    try (LogReader reader = logs.read(task.log()).orElseThrow()) {
      return reader.forward(0, reader.end(), 1000, 1 << 20).stream().map(LogLine::text).toList();
    }
  }

  @Test
  @DisplayName("A container gets the job's environment; its exit code and output are told")
  void runs() throws InterruptedException {
    Map<String, String> environment =
        Map.of("AWS_BATCH_JOB_ID", "j", "PATH", "/bin:/usr/bin", "DOCKER_HOST", "x");
    run(task(1), IMAGE, environment, "sh", "-c", "echo $AWS_BATCH_JOB_ID $DOCKER_HOST; exit 3");

    heard.running();
    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(Cause.EXITED);
    assertThat(ending.exitCode()).isEqualTo(3);
    assertThat(ending.stoppedAt()).isGreaterThanOrEqualTo(ending.startedAt());
    assertThat(output(task(1))).containsExactly("j x");
  }

  @Test
  @DisplayName("A program that the image does not have fails to start, in the engine's words")
  void noProgram() throws InterruptedException {
    run(task(1), IMAGE, Map.of(), "no-such-program");

    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(Cause.FAILED_TO_START);
    assertThat(ending.reason())
        .startsWith("CannotStartContainerError: Error response from daemon: ")
        .contains("no-such-program");
    assertThat(heard.nothingRan()).isTrue();
  }

  @Test
  @DisplayName("An image that is nowhere cannot be pulled, and that is said")
  void noImage() throws InterruptedException {
    run(task(1), "localhost:1/no-such-image:1", Map.of(), "true");

    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(Cause.FAILED_TO_START);
    assertThat(ending.reason()).startsWith("CannotPullContainerError: ");
  }

  @Test
  @DisplayName("More memory than the job has asked for ends it, and the reason says so")
  void memory() throws InterruptedException {
    run(task(1), IMAGE, Map.of(), "dd", "if=/dev/zero", "of=/dev/null", "bs=300M");

    TaskEnding ending = heard.ending();
    assertThat(ending.exitCode()).isEqualTo(137);
    assertThat(ending.reason()).startsWith("OutOfMemoryError: ");
  }

  @Test
  @DisplayName("A stop is SIGTERM first: a container that handles it ends its own way")
  void stops() throws InterruptedException {
    run(
        task(1),
        IMAGE,
        Map.of(),
        "sh",
        "-c",
        "trap 'echo stopped; exit 9' TERM; echo up; while :; do sleep 0.1; done");
    heard.running();
    while (output(task(1)).isEmpty()) {
      Thread.sleep(20);
    }

    runner.stop(task(1), Duration.ofSeconds(30));

    assertThat(heard.ending().exitCode()).isEqualTo(9);
    assertThat(output(task(1))).containsExactly("up", "stopped");
  }

  @Test
  @DisplayName("After a restart what runs is found again, with its whole output; others' is not")
  void recovers() throws InterruptedException {
    run(task(1), IMAGE, Map.of(), "sh", "-c", "echo one; sleep 2; echo two");
    heard.running();
    runner.close();

    Heard stranger = new Heard();
    new DockerRunner(docker, "stranger", logs, stranger, InstantSource.system()).recover();
    Heard again = new Heard();
    runner = runner(again);
    runner.recover();

    again.running();
    assertThat(again.ending().exitCode()).isZero();
    assertThat(output(task(1))).containsExactly("one", "two");
    assertThat(stranger.nothingRan()).isTrue();
  }
}
