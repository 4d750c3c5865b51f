package dev.longshore.core.model;

/**
 * What an array page says of a child, in four bits. Below {@link #HANDED_OVER}, and for the two
 * that ended unstarted, the page is the truth; otherwise the child's own item is, and the page is a
 * copy that follows.
 */
public enum ChildState {
  PENDING(JobStatus.PENDING),
  RUNNABLE(JobStatus.RUNNABLE),
  HANDED_OVER(JobStatus.STARTING),
  RUNNING(JobStatus.RUNNING),
  /** An attempt failed and another one may start; the child has an item. */
  RUNNABLE_AGAIN(JobStatus.RUNNABLE),
  SUCCEEDED(JobStatus.SUCCEEDED),
  FAILED(JobStatus.FAILED),
  /** Cancelled or terminated before it started; the page knows the reason. */
  STOPPED_UNSTARTED(JobStatus.FAILED),
  /** The child it waited for failed. */
  DEPENDENCY_FAILED(JobStatus.FAILED);

  private final JobStatus status;

  ChildState(JobStatus status) {
    this.status = status;
  }

  /** What clients see. */
  public JobStatus status() {
    return status;
  }

  /** True when the child will not change any more. */
  public boolean isClosed() {
    return status.isTerminal();
  }

  /** True when the planner may place it. */
  public boolean isRunnable() {
    return this == RUNNABLE || this == RUNNABLE_AGAIN;
  }

  /** True when the child's own item, not the page, is the truth. */
  public boolean hasItem() {
    return switch (this) {
      case HANDED_OVER, RUNNING, RUNNABLE_AGAIN, SUCCEEDED, FAILED -> true;
      case PENDING, RUNNABLE, STOPPED_UNSTARTED, DEPENDENCY_FAILED -> false;
    };
  }
}
