package dev.longshore.benchmarks;

import dev.longshore.local.demo.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

/** Part (b): from SubmitJob to RUNNING on an idle service, one job at a time. */
final class Latency {
  private static final double GOAL_MILLIS = 100;
  private static final Duration LOOK_EVERY = Duration.ofMillis(3);

  private Latency() {}

  static Part run(Service service, int count) throws InterruptedException {
    Jobs jobs = service.jobs();
    String definition = jobs.define("bench-latency", "sleep", "0.15");
    for (int i = 0; i < Math.min(5, count); i++) {
      jobs.awaitSuccess(List.of(jobs.submit(definition)));
    }
    List<Double> answered = new ArrayList<>();
    List<Double> seen = new ArrayList<>();
    List<Long> recorded = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Stopwatch watch = new Stopwatch();
      String id = jobs.submit(definition);
      answered.add(watch.millis());
      JobDetail job = jobs.await(id, LOOK_EVERY, Set.of(JobStatus.RUNNING, JobStatus.SUCCEEDED));
      seen.add(watch.millis());
      recorded.add(job.startedAt() - job.createdAt());
      jobs.awaitSuccess(List.of(id));
    }
    Spread records = Spread.of(recorded);
    Spread client = Spread.of(seen);
    return new Part(
        "(b) submit to RUNNING on an idle service, %d jobs one at a time".formatted(count),
        List.of(
            Figure.atMost(GOAL_MILLIS, "startedAt - createdAt, p50", records.median(), "ms"),
            Figure.plain("startedAt - createdAt, p99", records.percentile(99), "ms"),
            Figure.atMost(GOAL_MILLIS, "seen by the client, p50", client.median(), "ms"),
            Figure.plain("seen by the client, p99", client.percentile(99), "ms"),
            Figure.plain("SubmitJob answered, p50", Spread.of(answered).median(), "ms")),
        List.of());
  }
}
