package dev.longshore.core.validation;

import dev.longshore.core.model.ResourceStatus;

/** What may be done to a queue or environment in which status ({@code batch-semantics} 1.3). */
public final class Transitions {
  private Transitions() {}

  /** Refuses an update while another change runs. */
  public static void checkUpdate(ResourceStatus status) {
    Require.that(!status.isChanging(), "Cannot update, resource is being modified.");
  }

  /** Refuses a deletion while another change runs, and of what is ENABLED. */
  public static void checkDelete(ResourceStatus status, boolean enabled) {
    Require.that(!status.isChanging(), "Cannot delete, resource is being modified.");
    Require.that(!enabled, "Cannot delete, state must be DISABLED.");
  }
}
