package dev.longshore.core.usecase;

import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.port.CatalogStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why jobs are in their states ({@code batch-semantics} 5). Waiting jobs do not carry a reason; it
 * is looked up in what the last round of their queue found. For one call: queues are read once.
 */
final class StatusReasons {
  private final CatalogStore catalog;
  private final long now;
  private final Map<String, Holds> holds = new HashMap<>();

  StatusReasons(CatalogStore catalog, long now) {
    this.catalog = catalog;
    this.now = now;
  }

  JobView view(Job job) {
    return new JobView(job, of(job));
  }

  private @Nullable String of(Job job) {
    String own = byItself(job, now);
    return own == null && job.state() instanceof JobState.Runnable ? held(job) : own;
  }

  /** Why the job is in its state, as far as the job alone can tell. */
  static @Nullable String byItself(Job job, long now) {
    return switch (job.state()) {
      case JobState.Pending pending -> pending.waits().isEmpty() ? inOrder(job) : waiting(pending);
      case JobState.Runnable runnable when runnable.notBefore() > now ->
          "WAITING:RETRY - the next attempt is made after "
              + Instant.ofEpochMilli(runnable.notBefore());
      case JobState.Runnable _ ->
          job.key().member() == JobKey.Member.NODE
              ? "WAITING:MAIN_NODE - starts when the main node of job " + job.key().job() + " runs"
              : null;
      case JobState.Ended ended -> ended.reason().isEmpty() ? null : ended.reason();
      case JobState.Open _, JobState.Starting _, JobState.Running _ -> null;
    };
  }

  private static String waiting(JobState.Pending pending) {
    int count = pending.waits().size();
    return count == 1
        ? "WAITING:DEPENDENCY - waits for job " + pending.waits().iterator().next()
        : "WAITING:DEPENDENCY - waits for " + count + " jobs";
  }

  /**
   * A child that others come before; it says which must have SUCCEEDED, whether they have or not.
   */
  private static @Nullable String inOrder(Job child) {
    List<JobKey> others = waitsFor(child);
    return others.isEmpty()
        ? null
        : "WAITING:DEPENDENCY - starts when these have succeeded: "
            + others.stream().map(JobKey::toString).collect(Collectors.joining(", "));
  }

  /**
   * The children that come before this one: its own array's first, then those it is paired with.
   */
  static List<JobKey> waitsFor(Job child) {
    ChildOrder order = child.spec().order();
    int index = child.key().index();
    List<JobKey> others = new ArrayList<>();
    if (order.sequential() && index > 0) {
      others.add(JobKey.child(child.key().job(), index - 1));
    }
    order.pairs().stream().sorted().forEach(pair -> others.add(JobKey.child(pair, index)));
    return others;
  }

  /** Entries are by shape and reason: one that names this very job is meant before all others. */
  private @Nullable String held(Job job) {
    String reason = null;
    Holds ofQueue = holds.computeIfAbsent(job.spec().queue(), catalog::holds);
    for (Holds.Entry entry : ofQueue.entries()) {
      if (entry.first().equals(job.key())) {
        return entry.reason();
      }
      if (reason == null && entry.isOf(job.spec())) {
        reason = entry.reason();
      }
    }
    return reason;
  }
}
