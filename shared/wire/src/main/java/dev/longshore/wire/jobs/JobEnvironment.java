package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.NodeGroups;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that the service sets in a job's container ({@code batch-semantics} 12.1). */
public final class JobEnvironment {
  /** What a node but the main one gets to know of the main one. */
  public static final String MAIN_ADDRESS = "AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS";

  private JobEnvironment() {}

  /**
   * For one attempt.
   *
   * @param attempt from 1
   * @param environment name of the compute environment that it runs in
   */
  public static Map<String, String> of(JobKey key, JobSpec spec, int attempt, String environment) {
    Map<String, String> variables = new LinkedHashMap<>();
    NodeGroups nodes = spec.nodes();
    JobKey seen = nodes != null && key.isWhole() ? JobKey.node(key.job(), nodes.main()) : key;
    variables.put("AWS_BATCH_JOB_ID", seen.toString());
    variables.put("AWS_BATCH_JOB_ATTEMPT", Integer.toString(attempt));
    variables.put("AWS_BATCH_CE_NAME", environment);
    variables.put("AWS_BATCH_JQ_NAME", spec.queue());
    if (key.member() == Member.CHILD) {
      variables.put("AWS_BATCH_JOB_ARRAY_INDEX", Integer.toString(key.index()));
      variables.put("AWS_BATCH_JOB_ARRAY_SIZE", Integer.toString(spec.arraySize()));
    }
    if (nodes != null) {
      variables.put("AWS_BATCH_JOB_NODE_INDEX", Integer.toString(seen.index()));
      variables.put("AWS_BATCH_JOB_NUM_NODES", Integer.toString(nodes.count()));
      variables.put("AWS_BATCH_JOB_MAIN_NODE_INDEX", Integer.toString(nodes.main()));
    }
    // The ECS agent sets it; Metaflow does not start without it.
    variables.put("AWS_EXECUTION_ENV", "AWS_ECS_EC2");
    return variables;
  }
}
