package dev.longshore.core.model;

/** The seven states that clients see ({@code batch-semantics} 3.1). */
public enum JobStatus {
  SUBMITTED,
  PENDING,
  RUNNABLE,
  STARTING,
  RUNNING,
  SUCCEEDED,
  FAILED;

  /** True for the two states that never change. */
  public boolean isTerminal() {
    return this == SUCCEEDED || this == FAILED;
  }
}
