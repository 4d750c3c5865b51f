package dev.longshore.benchmarks;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.local.logs.LogName;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.Container;
import dev.longshore.local.runner.ProcessRunner;
import dev.longshore.local.runner.Task;
import dev.longshore.local.runner.TaskEnding;
import dev.longshore.local.runner.TaskListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** What this machine could do at most: as many processes without the service around them. */
final class Bounds {
  private static final int AT_A_TIME = 8;

  private Bounds() {}

  /** The service's own way to run a process, and classic tools that are there. */
  static List<Figure> measure(int count) throws IOException, InterruptedException {
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.plain(
            "bound: the process runner alone, %d at a time".formatted(AT_A_TIME),
            count / runner(count),
            "jobs/s"));
    add(figures, "bound: xargs -P " + cores, count, "xargs", "-P", cores, "-n", "1", "true");
    add(figures, "bound: GNU parallel -j " + cores, count, "parallel", "-j", cores, "-n1", "true");
    return figures;
  }

  /** Seconds that the process runner needs for this many. */
  private static double runner(int count) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("longshore-bench-");
    CountDownLatch ended = new CountDownLatch(count);
    Semaphore room = new Semaphore(AT_A_TIME);
    TaskListener listener =
        new TaskListener() {
          @Override
          public void running(Task task, long startedAt) {}

          @Override
          public void stopped(Task task, TaskEnding ending) {
            room.release();
            ended.countDown();
          }
        };
    LogStore logs = new LogStore(directory.resolve("logs"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ProcessRunner runner =
            new ProcessRunner(
                directory.resolve("tasks"),
                logs,
                listener,
                InstantSource.system(),
                Map.of("PATH", System.getenv("PATH")))) {
      Stopwatch watch = new Stopwatch();
      for (int i = 0; i < count; i++) {
        Task task = task(i);
        room.acquire();
        threads.execute(() -> runner.start(task, nothing()));
      }
      ended.await();
      return watch.seconds();
    } finally {
      delete(directory);
    }
  }

  private static Task task(int number) {
    JobKey job = JobKey.whole(new JobId(new UUID(number, Long.MIN_VALUE)));
    return new Task(
        new AttemptKey(job, 1, 0),
        new HostId("bench", "i-0123456789abcdef0"),
        "0123456789abcdef0123456789abcdef",
        new LogName("/aws/batch/job", "bench/default/" + number));
  }

  private static Container nothing() {
    return new Container("", List.of("true"), Map.of(), new Shape(1, 64, 0), List.of());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void add(List<Figure> figures, String name, int count, String... command)
      throws IOException, InterruptedException {
    Path input = Files.createTempFile("longshore-bench-", ".txt");
    try {
      Files.writeString(input, "x\n".repeat(count));
      Stopwatch watch = new Stopwatch();
      Process process =
          new ProcessBuilder(command)
              .redirectInput(input.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() == 0) {
        figures.add(Figure.plain(name, count / watch.seconds(), "processes/s"));
      }
    } catch (IOException notInstalled) {
      // Then there is nothing to compare with.
    } finally {
      Files.deleteIfExists(input);
    }
  }
}
