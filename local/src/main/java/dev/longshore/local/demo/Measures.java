package dev.longshore.local.demo;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;

/**
 * How long the jobs of a step waited and ran, in ms.
 *
 * @param step name
 * @param attempts of all its jobs together
 * @param waiting from when the job could run (submitted, and what it depends on had ended) to the
 *     start of its first attempt
 * @param running all attempts of the job together
 * @param retried jobs with more than one attempt
 */
record Measures(
    String step, int attempts, Spread waiting, Spread running, List<JobDetail> retried) {
  private static final int AT_ONCE = 100;

  /** Of a step that has ended. */
  static Measures of(BatchClient batch, JobDetail job, long dependencyEndedAt) {
    List<JobDetail> jobs = job.arrayProperties() == null ? List.of(job) : children(batch, job);
    long ready = Math.max(job.createdAt(), dependencyEndedAt);
    List<Long> waiting = new ArrayList<>();
    List<Long> running = new ArrayList<>();
    List<JobDetail> retried = new ArrayList<>();
    int attempts = 0;
    for (JobDetail each : jobs) {
      List<AttemptDetail> made = each.attempts();
      attempts += made.size();
      if (!made.isEmpty()) {
        waiting.add(Math.max(0, made.getFirst().startedAt() - ready));
        running.add(made.stream().mapToLong(one -> one.stoppedAt() - one.startedAt()).sum());
      }
      if (made.size() > 1) {
        retried.add(each);
      }
    }
    return new Measures(
        job.jobName(), attempts, Spread.of(waiting), Spread.of(running), List.copyOf(retried));
  }

  private static List<JobDetail> children(BatchClient batch, JobDetail parent) {
    List<String> ids = new ArrayList<>();
    for (JobStatus status : List.of(JobStatus.SUCCEEDED, JobStatus.FAILED)) {
      batch
          .listJobsPaginator(list -> list.arrayJobId(parent.jobId()).jobStatus(status))
          .jobSummaryList()
          .stream()
          .map(JobSummary::jobId)
          .forEach(ids::add);
    }
    List<JobDetail> found = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      found.addAll(batch.describeJobs(request -> request.jobs(some)).jobs());
    }
    return found;
  }
}
