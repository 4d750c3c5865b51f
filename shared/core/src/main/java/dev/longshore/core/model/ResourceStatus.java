package dev.longshore.core.model;

/**
 * Status of a queue or compute environment: ours, unlike its state, which is the user's wish
 * ({@code batch-semantics} 17.1).
 */
public enum ResourceStatus {
  CREATING,
  UPDATING,
  DELETING,
  DELETED,
  VALID,
  INVALID;

  /** True while it cannot be updated or deleted ("is being modified"). */
  public boolean isChanging() {
    return this == CREATING || this == UPDATING || this == DELETING;
  }
}
