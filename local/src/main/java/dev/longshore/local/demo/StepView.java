package dev.longshore.local.demo;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.batch.model.JobDetail;

/**
 * A step of the pipeline as DescribeJobs shows it now.
 *
 * @param name its name
 * @param status of the job, of an array that of its parent
 * @param jobs how many jobs it consists of
 * @param waiting how many have not been given to a host
 * @param starting how many are on their way
 * @param running how many run
 * @param succeeded how many ended well
 * @param failed how many ended badly
 */
record StepView(
    String name,
    String status,
    int jobs,
    int waiting,
    int starting,
    int running,
    int succeeded,
    int failed) {

  static StepView of(JobDetail job) {
    Map<String, Integer> counts =
        job.arrayProperties() != null && job.arrayProperties().hasStatusSummary()
            ? job.arrayProperties().statusSummary()
            : Map.of(job.statusAsString(), 1);
    int waiting = count(counts, "SUBMITTED") + count(counts, "PENDING") + count(counts, "RUNNABLE");
    return new StepView(
        job.jobName(),
        job.statusAsString(),
        counts.values().stream().collect(Collectors.summingInt(Integer::intValue)),
        waiting,
        count(counts, "STARTING"),
        count(counts, "RUNNING"),
        count(counts, "SUCCEEDED"),
        count(counts, "FAILED"));
  }

  private static int count(Map<String, Integer> counts, String status) {
    return counts.getOrDefault(status, 0);
  }

  /** True when it will not change any more. */
  boolean isOver() {
    return status.equals("SUCCEEDED") || status.equals("FAILED");
  }
}
