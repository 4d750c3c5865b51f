package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a multi-node job as people see them ({@code batch-semantics} 4.4). The main node is the
 * job itself; the others have an item of their own once they began.
 */
final class Nodes {
  private Nodes() {}

  /**
   * The node with this index.
   *
   * @param item as it is stored, absent when it never began
   */
  static Job of(Job parent, int index, @Nullable Job item) {
    JobKey key = JobKey.node(parent.key().job(), index);
    if (index == NodeCare.mainOf(parent)) {
      return new Job(
          key,
          parent.spec(),
          parent.state(),
          parent.attempts(),
          parent.nextDispatch(),
          parent.stop(),
          parent.version());
    }
    List<Attempt> attempts = item == null ? List.of() : item.attempts();
    if (item != null && belongsTo(item, parent)) {
      return item;
    }
    return new Job(key, parent.spec(), unbegun(parent), attempts, 0, parent.stop(), 1);
  }

  /** False when the item tells of an earlier attempt than the one that is under way. */
  private static boolean belongsTo(Job item, Job parent) {
    return switch (parent.state()) {
      case JobState.Ended _ -> true;
      case JobState.Starting _, JobState.Running _ -> {
        Dispatch live = parent.dispatch().orElseThrow();
        Optional<Dispatch> own = item.dispatch();
        yield own.isPresent() ? own.get().isSamePlacement(live) : NodeCare.isOver(item, live);
      }
      // Between two attempts only what still runs of the last one is worth telling.
      case JobState.Pending _, JobState.Runnable _, JobState.Open _ -> item.dispatch().isPresent();
    };
  }

  /** A node that has not begun, or not again. */
  private static JobState unbegun(Job parent) {
    return switch (parent.state()) {
      case JobState.Pending pending -> pending;
      case JobState.Runnable runnable -> runnable;
      case JobState.Starting _, JobState.Running _, JobState.Open _ -> new JobState.Runnable(0);
      case JobState.Ended ended ->
          new JobState.Ended(
              false,
              ended.succeeded() ? Reasons.MAIN_NODE_ENDED : ended.reason(),
              ended.stoppedAt());
    };
  }
}
