package dev.longshore.core.model;

/** Where a queue's index keeps a job. Lanes are coarser than states, so that entries move less. */
public enum Lane {
  /** SUBMITTED and PENDING. */
  PENDING("P"),
  /** RUNNABLE. */
  RUNNABLE("R"),
  /** Parents of arrays that are not over; clients see them as PENDING. */
  OPEN("O"),
  /** STARTING and RUNNING. */
  ACTIVE("A"),
  SUCCEEDED("S"),
  FAILED("F");

  private final String code;

  Lane(String code) {
    this.code = code;
  }

  /** One letter, as it is stored. */
  public String code() {
    return code;
  }

  /** The lane of a job in this state. */
  public static Lane of(JobState state) {
    return switch (state) {
      case JobState.Pending _ -> PENDING;
      case JobState.Runnable _ -> RUNNABLE;
      case JobState.Open _ -> OPEN;
      case JobState.Starting _, JobState.Running _ -> ACTIVE;
      case JobState.Ended ended -> ended.succeeded() ? SUCCEEDED : FAILED;
    };
  }
}
