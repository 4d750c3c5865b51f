package dev.longshore.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;

/** Runs the pipeline through an endpoint, shows it, and judges its result. */
public final class Demo {
  /** How many parts there may be at most. */
  public static final int MAX_PARTS = 10_000;

  /** Where the flaky part is among the others: at five eighths. */
  private static final double FLAKY = 0.625;

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(80);

  private final Clients clients;
  private final PrintStream out;
  private final LiveView view;

  private Demo(Clients clients, PrintStream out, LiveView view) {
    this.clients = clients;
    this.out = out;
    this.view = view;
  }

  /**
   * Runs it on the queue {@code default}.
   *
   * @param endpoint of the service
   * @param input directory with the files, a real path
   * @param parts children of the array job, at least 2
   * @return true when the joined result is what the files say
   */
  public static boolean run(URI endpoint, Path input, int parts, PrintStream out)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("longshore-demo-").toRealPath();
    try (Clients clients = Clients.of(endpoint)) {
      Pipeline pipeline = new Pipeline(input, work, parts, (int) (parts * FLAKY));
      out.printf(
          "%n  split %s into %d parts, count each in a child of an array job, join:%n%n",
          input, parts);
      return new Demo(clients, out, LiveView.on(out)).run(pipeline);
    } finally {
      delete(work);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  private boolean run(Pipeline pipeline) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> ids = pipeline.submit(clients.batch());
    Optional<List<JobDetail>> ended =
        Poll.until(
            LIMIT,
            LOOK_EVERY,
            () -> {
              List<JobDetail> jobs = Pipeline.look(clients.batch(), ids);
              List<StepView> steps = jobs.stream().map(StepView::of).toList();
              view.show(steps, Duration.ofNanos(System.nanoTime() - start));
              boolean over = steps.stream().allMatch(StepView::isOver);
              return over ? Optional.of(jobs) : Optional.empty();
            });
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (ended.isEmpty()) {
      out.println("\n  The pipeline did not end within " + LIMIT.toMinutes() + " minutes.");
      return false;
    }
    summary(ended.get(), took);
    return judge(pipeline, ended.get().getLast());
  }

  private void summary(List<JobDetail> steps, Duration took) {
    TextTable table =
        new TextTable("<step", "jobs", "attempts", "waited p50", "max", "ran p50", "max", "", "<");
    List<JobDetail> retried = new ArrayList<>();
    long readyAt = 0;
    for (JobDetail step : steps) {
      Measures measures = Measures.of(clients.batch(), step, readyAt);
      readyAt = step.stoppedAt() == null ? readyAt : step.stoppedAt();
      table.row(
          step.jobName(),
          measures.waiting().count(),
          measures.attempts(),
          millis(measures.waiting().median()),
          millis(measures.waiting().max()),
          millis(measures.running().median()),
          millis(measures.running().max()),
          "",
          step.statusAsString());
      retried.addAll(measures.retried());
    }
    out.println();
    table.lines().forEach(line -> out.println("  " + line));
    out.println();
    retried.forEach(job -> out.println("  " + history(job)));
    long jobs = 0;
    for (JobDetail step : steps) {
      jobs += StepView.of(step).jobs();
    }
    double seconds = took.toMillis() / 1000.0;
    out.println(
        String.format(
            Locale.ROOT,
            "  %d jobs from the first submission to the last end in %.2f s: %.0f a second",
            jobs,
            seconds,
            jobs / seconds));
  }

  private static String history(JobDetail job) {
    StringBuilder text =
        new StringBuilder("part " + job.arrayProperties().index() + " was retried:");
    int number = 1;
    for (AttemptDetail attempt : job.attempts()) {
      text.append(number == 1 ? " " : ", ")
          .append("attempt ")
          .append(number++)
          .append(" exit code ")
          .append(attempt.container().exitCode());
    }
    return text.toString();
  }

  private boolean judge(Pipeline pipeline, JobDetail join) throws IOException {
    if (!join.statusAsString().equals("SUCCEEDED")) {
      out.println("  The join failed: " + join.statusReason());
      return false;
    }
    Optional<Tally> joined =
        clients.log(join.container().logStreamName()).stream()
            .map(Tally::parse)
            .flatMap(Optional::stream)
            .findFirst();
    Tally own = OwnCount.of(pipeline.input());
    out.println("  joined:   " + joined.map(Tally::describe).orElse("nothing in the join's log"));
    boolean right = joined.isPresent() && joined.get().equals(own);
    if (!right) {
      out.println("  expected: " + own.describe());
    }
    out.println(
        right
            ? "  The joined result is right: counting the same files in this process gives it too."
            : "  The joined result is WRONG, or files changed meanwhile.");
    return right;
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%,.0f ms", value);
  }
}
