package dev.longshore.core.lifecycle;

import dev.longshore.core.model.HostId;

/** Literal status reasons; patterns of users match them ({@code batch-semantics} 5.1). */
public final class Reasons {
  /** The container ended, with any exit code; also on success. */
  public static final String EXITED = "Essential container in task exited";

  /** Pull error, bad entry point, missing secret … */
  public static final String FAILED_TO_START = "Task failed to start";

  /** The attempt ran longer than its timeout. */
  public static final String TIMEOUT = "Job attempt duration exceeded timeout";

  /** A dependency ended FAILED. */
  public static final String DEPENDENCY_FAILED = "Dependent Job failed";

  /** At least one child of the array FAILED. */
  public static final String CHILD_FAILED = "Array Child Job failed";

  /** A node was stopped, or never started, because the main node is over. */
  public static final String MAIN_NODE_ENDED = "The main node of the job has ended";

  /** The queue was deleted. */
  public static final String QUEUE_DELETED = "JobQueue deleted";

  private Reasons() {}

  /** The job stood at the head of its queue for this reason for longer than the queue allows. */
  public static String timeLimit(String reason) {
    return "Canceled by JobStateTimeLimit action due to reason: " + reason;
  }

  /** The host went away under the task. */
  public static String hostLost(HostId host) {
    return "Host EC2 (instance " + host.instance() + ") terminated.";
  }
}
