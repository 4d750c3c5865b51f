package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that the service sets in a job's container ({@code batch-semantics} 12.1). */
public final class JobEnvironment {
  private JobEnvironment() {}

  /**
   * For one attempt.
   *
   * @param attempt from 1
   * @param environment name of the compute environment that it runs in
   */
  public static Map<String, String> of(JobKey key, JobSpec spec, int attempt, String environment) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_BATCH_JOB_ID", key.toString());
    variables.put("AWS_BATCH_JOB_ATTEMPT", Integer.toString(attempt));
    variables.put("AWS_BATCH_CE_NAME", environment);
    variables.put("AWS_BATCH_JQ_NAME", spec.queue());
    if (key.member() == Member.CHILD) {
      variables.put("AWS_BATCH_JOB_ARRAY_INDEX", Integer.toString(key.index()));
      variables.put("AWS_BATCH_JOB_ARRAY_SIZE", Integer.toString(spec.arraySize()));
    }
    // The ECS agent sets it; Metaflow does not start without it.
    variables.put("AWS_EXECUTION_ENV", "AWS_ECS_EC2");
    return variables;
  }
}
