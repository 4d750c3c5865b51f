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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ProcessRunnerTest {
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final JobId JOB = JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8");

  @TempDir private Path directory;

  private final Heard heard = new Heard();
  private LogStore logs;
  private ProcessRunner runner;

  @BeforeEach
  void start() {
    logs = new LogStore(directory.resolve("logs"));
    runner = runner(heard);
  }

  @AfterEach
  void end() {
    runner.close();
  }

  private ProcessRunner runner(TaskListener listener) {
    Path tasks = directory.resolve("tasks");
    return new ProcessRunner(tasks, logs, listener, InstantSource.system(), Map.of("PATH", PATH));
  }

  private static Task task(int index) {
    return new Task(
        new AttemptKey(JobKey.child(JOB, index), 1, 0),
        new HostId("ce", "i-1"),
        "c1",
        new LogName("/aws/batch/job", "def/default/" + index));
  }

  private void run(Task task, String... command) {
    run(task, Map.of("PATH", PATH), command);
  }

  private void run(Task task, Map<String, String> environment, String... command) {
    Shape shape = new Shape(1, 128, 0);
    runner.start(task, new Container("none", List.of(command), environment, shape, List.of()));
  }

  private List<String> output(Task task) {
    try (LogReader reader = logs.read(task.log()).orElseThrow()) {
      return reader.forward(0, reader.end(), 1000, 1 << 20).stream().map(LogLine::text).toList();
    }
  }

  private Path marker(String name) {
    return directory.resolve(name);
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 3, 3", "kill -TERM $$, 143", "kill -KILL $$, 137"})
  @DisplayName("The exit code is the job's own, and 128 + n when signal n ended it")
  void exitCodes(String script, int code) throws InterruptedException {
    run(task(1), "sh", "-c", script);

    heard.running();
    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(Cause.EXITED);
    assertThat(ending.exitCode()).isEqualTo(code);
    assertThat(ending.reason()).isNull();
    assertThat(ending.stoppedAt()).isGreaterThanOrEqualTo(ending.startedAt());
    assertThat(ending.startedAt()).isPositive();
  }

  @Test
  @DisplayName("A job that kills its whole group reports 137 and nothing else is harmed")
  void killsItsGroup() throws InterruptedException {
    run(task(1), "sh", "-c", "kill -KILL 0");

    assertThat(heard.ending().exitCode()).isEqualTo(137);
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-program, executable file not found in $PATH",
    "/no/such/file, no such file or directory",
    "/etc/passwd, permission denied"
  })
  @DisplayName("A program that is not there or not executable fails to start and never runs")
  void cannotStart(String program, String why) throws InterruptedException {
    run(task(1), program);

    TaskEnding ending = heard.ending();
    assertThat(ending.cause()).isEqualTo(Cause.FAILED_TO_START);
    assertThat(ending.exitCode()).isNull();
    assertThat(ending.reason()).startsWith("CannotStartContainerError: ").contains(program, why);
    assertThat(ending.startedAt()).isZero();
    assertThat(heard.nothingRan()).isTrue();
  }

  @Test
  @DisplayName(
      "A command that the shell inside the job does not find is an exit, not a start error")
  void shellDoesNotFind() throws InterruptedException {
    run(task(1), "sh", "-c", "no-such-program");

    assertThat(heard.ending().exitCode()).isEqualTo(127);
  }

  @Test
  @DisplayName("The job sees exactly its environment, odd names included, and nothing inherited")
  void environment() throws InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_BATCH_JOB_ID", "id:1");
    environment.put("with-dash.and.dot", "a b");
    environment.put("IFS", "x");
    environment.put("EMPTY", "");
    environment.put("LINES", "one\ntwo");

    run(task(1), environment, "env", "-0");

    heard.ending();
    Path work = directory.resolve("tasks").resolve(task(1).id()).resolve("work");
    List<String> seen = List.of(String.join("\n", output(task(1))).split("\0", -1));
    assertThat(seen)
        .filteredOn(line -> !line.isEmpty())
        .containsExactlyInAnyOrder(
            "PATH=" + PATH,
            "HOME=" + work,
            "TMPDIR=" + work.resolveSibling("tmp"),
            "AWS_BATCH_JOB_ID=id:1",
            "with-dash.and.dot=a b",
            "IFS=x",
            "EMPTY=",
            "LINES=one\ntwo");
  }

  @Test
  @DisplayName("Each job has an empty working directory of its own, gone after the end is told")
  void workingDirectory() throws InterruptedException {
    run(task(1), "sh", "-c", "pwd; ls -A; echo x > left; mkdir deep; echo y > deep/er");
    heard.ending();
    List<String> lines = output(task(1));

    assertThat(lines).hasSize(1);
    Path work = Path.of(lines.getFirst());
    assertThat(work.resolve("left")).exists();
    runner.forget(task(1));
    assertThat(work.getParent()).doesNotExist();
  }

  @Test
  @DisplayName("Standard output and error are one stream in order, without the wrapper's own words")
  void output() throws InterruptedException {
    run(task(1), "sh", "-c", "echo one; echo two >&2; echo three; kill -SEGV $$");

    assertThat(heard.ending().exitCode()).isEqualTo(139);
    assertThat(output(task(1))).containsExactly("one", "two", "three");
  }

  @Test
  @DisplayName("A signal that the service's terminal sends does not reach jobs: own session")
  void ownSession() throws InterruptedException {
    run(task(1), "sh", "-c", "ps -o pgid=,sid= -p $$; ps -o pgid= -p " + ownPid());
    heard.ending();

    List<String> lines = output(task(1));
    String[] groupAndSession = lines.get(0).strip().split("\\s+", -1);
    assertThat(groupAndSession[0]).isEqualTo(groupAndSession[1]);
    assertThat(groupAndSession[0]).isNotEqualTo(lines.get(1).strip());
  }

  private static long ownPid() {
    return ProcessHandle.current().pid();
  }

  @Test
  @DisplayName("SIGTERM reaches every process of the job, and its exit code is the job's answer")
  void stopReachesTheGroup() throws Exception {
    String loop = "while :; do sleep 0.1; done";
    String child = "trap 'touch " + marker("child") + "; exit 0' TERM; echo up; " + loop;
    String parent = "trap 'wait; exit 7' TERM; sh -c \"$CHILD\" & " + loop;
    run(task(1), Map.of("PATH", PATH, "CHILD", child), "sh", "-c", parent);
    awaitOutput(task(1), "up");

    runner.stop(task(1), Duration.ofSeconds(30));

    assertThat(heard.ending().exitCode()).isEqualTo(7);
    assertThat(marker("child")).exists();
  }

  @Test
  @DisplayName("What does not end by SIGTERM is killed when the grace is over, children too")
  void stopKillsAfterGrace() throws Exception {
    String script = "trap '' TERM; sh -c 'sleep 300 & echo $!; wait'";
    run(task(1), "sh", "-c", script);
    long child = Long.parseLong(awaitOutput(task(1), ""));

    runner.stop(task(1), Duration.ofMillis(300));

    assertThat(heard.ending().exitCode()).isEqualTo(137);
    awaitGone(child);
  }

  @Test
  @DisplayName("What a job leaves behind ends with its main process, as in a container")
  void leftoversEnd() throws Exception {
    run(task(1), "sh", "-c", "sleep 300 > /dev/null & echo $!");

    assertThat(heard.ending().exitCode()).isZero();
    awaitGone(Long.parseLong(output(task(1)).getFirst()));
  }

  @Test
  @DisplayName("A restarted service finds a job that still runs, and then how it ended")
  void findsRunning() throws Exception {
    run(task(1), "sh", "-c", "while [ ! -e " + marker("go") + " ]; do sleep 0.05; done; exit 5");
    awaitProcess(task(1));
    runner.close();
    Heard later = new Heard();

    try (ProcessRunner restarted = runner(later)) {
      restarted.recover();
      assertThat(later.running()).isPositive();
      Files.createFile(marker("go"));

      TaskEnding ending = later.ending();
      assertThat(ending.cause()).isEqualTo(Cause.EXITED);
      assertThat(ending.exitCode()).isEqualTo(5);
    }
  }

  @Test
  @DisplayName("A restarted service learns how a job ended while nobody was there")
  void findsEnded() throws Exception {
    run(task(1), "sh", "-c", "exit 6");
    heard.ending();
    Heard later = new Heard();

    try (ProcessRunner restarted = runner(later)) {
      restarted.recover();

      assertThat(later.ending().exitCode()).isEqualTo(6);
    }
  }

  @Test
  @DisplayName("A restarted service can stop a job that it did not start")
  void stopsFound() throws Exception {
    run(task(1), "sleep", "300");
    awaitProcess(task(1));
    runner.close();
    Heard later = new Heard();

    try (ProcessRunner restarted = runner(later)) {
      restarted.recover();
      later.running();
      restarted.stop(task(1), Duration.ofSeconds(30));

      assertThat(later.ending().exitCode()).isEqualTo(143);
    }
  }

  @Test
  @DisplayName("A job whose processes are gone without a word is lost, not ended")
  void findsLost() throws Exception {
    run(task(1), "sleep", "300");
    heard.running();
    long group = awaitProcess(task(1));
    runner.close();
    ProcessGroup.signal(group, "KILL");
    awaitGone(group);
    Heard later = new Heard();

    try (ProcessRunner restarted = runner(later)) {
      restarted.recover();

      TaskEnding ending = later.ending();
      assertThat(ending.cause()).isEqualTo(Cause.LOST);
      assertThat(ending.exitCode()).isNull();
    }
  }

  @Test
  @DisplayName(
      "A start that was cut off before the process never happens later, and can be repeated")
  void cutOffStart() throws Exception {
    TaskFiles files = new TaskFiles(directory.resolve("tasks").resolve(task(1).id()));
    files.create(task(1));
    ProcessGroup groups = new ProcessGroup(PATH, directory.resolve("tasks/run-job.sh"));
    List<String> command = List.of("touch", marker("ran").toString());

    assertThat(files.claim()).isEqualTo(TaskFiles.Claim.NEVER_STARTED);
    Process late = groups.start(files, command, Map.of("PATH", PATH), logs.open(task(1).log()));
    late.waitFor();
    assertThat(marker("ran")).doesNotExist();
    assertThat(files.exitCode()).isEmpty();
    files.delete();

    run(task(1), "true");
    assertThat(heard.ending().exitCode()).isZero();
  }

  @Test
  @DisplayName("Many jobs at once each get their own answer")
  void manyAtOnce() throws InterruptedException {
    int count = 64;
    for (int i = 0; i < count; i++) {
      Task task = task(i);
      String script = "sleep 0.2; exit " + i;
      Thread.ofVirtual().start(() -> run(task, "sh", "-c", script));
    }
    int sum = 0;
    for (int i = 0; i < count; i++) {
      Integer code = heard.ending().exitCode();
      sum += code == null ? -1000 : code;
    }
    assertThat(sum).isEqualTo(count * (count - 1) / 2);
  }

  private String awaitOutput(Task task, String wanted) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < until) {
      for (String line : logs.read(task.log()).isPresent() ? output(task) : List.<String>of()) {
        if (line.contains(wanted)) {
          return line;
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no output with " + wanted);
  }

  private long awaitProcess(Task task) throws IOException, InterruptedException {
    TaskFiles files = new TaskFiles(directory.resolve("tasks").resolve(task.id()));
    while (files.process().isEmpty()) {
      Thread.sleep(5);
    }
    return files.process().get().pid();
  }

  private static void awaitGone(long pid) throws IOException, InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (isThere(pid)) {
      assertThat(System.nanoTime()).as("process %d goes away", pid).isLessThan(until);
      Thread.sleep(5);
    }
  }

  /** A dead process whose parent has not asked for it yet does not count. */
  private static boolean isThere(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(Path.of("/proc/self"))) {
      return ProcessHandle.of(pid).isPresent();
    }
    try {
      String text = Files.readString(stat);
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
    } catch (NoSuchFileException gone) {
      return false;
    }
  }
}
