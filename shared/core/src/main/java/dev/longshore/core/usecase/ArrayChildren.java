package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Children that have no item of their own, as their page tells of them ({@code data-model} 5). */
final class ArrayChildren {
  private ArrayChildren() {}

  /** The child with this index. */
  static Job of(Job parent, ArrayPage page, int index) {
    JobKey key = JobKey.child(parent.key().job(), index);
    ChildState state = page.state(index);
    StopRequest own = page.stopOf(index).orElse(null);
    StopRequest stop = own != null || state.isClosed() ? own : parent.stop();
    return new Job(key, parent.spec(), stateOf(state, own, parent), List.of(), 0, stop, 1);
  }

  private static JobState stateOf(ChildState state, @Nullable StopRequest stop, Job parent) {
    return switch (state) {
      case PENDING ->
          parent.state() instanceof JobState.Pending pending
              ? pending
              : new JobState.Pending(Set.of());
      // Handed over in the page, and its item is not there yet: nothing was placed so far.
      case RUNNABLE, HANDED_OVER, RUNNING, RUNNABLE_AGAIN -> new JobState.Runnable(0);
      case SUCCEEDED -> new JobState.Ended(true, "", endOf(parent));
      case FAILED -> new JobState.Ended(false, "", endOf(parent));
      case DEPENDENCY_FAILED -> new JobState.Ended(false, Reasons.DEPENDENCY_FAILED, endOf(parent));
      case STOPPED_UNSTARTED ->
          stop == null
              ? new JobState.Ended(false, "", endOf(parent))
              : new JobState.Ended(false, stop.reason(), stop.at());
    };
  }

  /** 0 while the parent is open: the page keeps no times. */
  private static long endOf(Job parent) {
    return parent.state() instanceof JobState.Ended ended ? ended.stoppedAt() : 0;
  }
}
