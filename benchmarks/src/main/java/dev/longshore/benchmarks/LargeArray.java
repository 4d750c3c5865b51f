package dev.longshore.benchmarks;

import dev.longshore.local.demo.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

/** Part (d): one large array, accepted, started, cancelled. */
final class LargeArray {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Set<String> UNSTARTED = Set.of("SUBMITTED", "PENDING", "RUNNABLE");

  private LargeArray() {}

  static Part run(Service service, int size) throws InterruptedException {
    Jobs jobs = service.jobs();
    String definition = jobs.define("bench-array", "sleep", "1.5");
    jobs.awaitSuccess(List.of(jobs.submit(jobs.define("bench-warm", "true"))));
    Stopwatch submitted = new Stopwatch();
    String parent = jobs.submitArray(definition, size);
    double accepted = submitted.seconds();
    Stopwatch waiting = new Stopwatch();
    jobs.await(parent + ":0", LOOK_EVERY, Set.of(JobStatus.RUNNING, JobStatus.SUCCEEDED));
    double running = waiting.seconds();
    Stopwatch cancelling = new Stopwatch();
    jobs.cancel(parent);
    Poll.until("no child waits", LIMIT, LOOK_EVERY, () -> nothingWaits(jobs.look(parent)));
    double cancelled = cancelling.seconds();
    JobDetail ended = jobs.await(parent, LOOK_EVERY, Set.of(JobStatus.SUCCEEDED, JobStatus.FAILED));
    double over = cancelling.seconds();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.atMost(1, "accepted in", accepted, "s"));
    figures.add(Figure.atMost(1, "then first child RUNNING after", running, "s"));
    figures.add(Figure.atMost(2, "all unstarted children cancelled in", cancelled, "s"));
    figures.add(Figure.plain("array over, started children included, in", over, "s"));
    figures.addAll(exactness(jobs, ended, size));
    return new Part("(d) an array of %,d".formatted(size), figures, List.of());
  }

  private static boolean nothingWaits(JobDetail parent) {
    Map<String, Integer> summary = parent.arrayProperties().statusSummary();
    return UNSTARTED.stream().allMatch(status -> summary.getOrDefault(status, 0) == 0);
  }

  /** The parent's summary against a listing of all children. */
  private static List<Figure> exactness(Jobs jobs, JobDetail parent, int size) {
    Map<String, Integer> summary = parent.arrayProperties().statusSummary();
    int succeeded = summary.getOrDefault("SUCCEEDED", 0);
    int failed = summary.getOrDefault("FAILED", 0);
    int wrong =
        Math.abs(succeeded - jobs.listed(parent.jobId(), JobStatus.SUCCEEDED))
            + Math.abs(failed - jobs.listed(parent.jobId(), JobStatus.FAILED))
            + Math.abs(size - succeeded - failed);
    return List.of(
        Figure.plain("children that ran", succeeded, ""),
        Figure.plain("children cancelled", failed, ""),
        Figure.atMost(0, "children that statusSummary has wrong at the end", wrong, ""));
  }
}
