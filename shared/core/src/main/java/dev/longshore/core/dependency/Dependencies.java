package dev.longshore.core.dependency;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What other jobs' ends mean for a job that waits ({@code batch-semantics} 7). */
public final class Dependencies {
  private Dependencies() {}

  /** Those of the targets that have not SUCCEEDED; a failed one stays unmet and fails the job. */
  public static Set<JobId> unmet(Collection<Job> targets) {
    Set<JobId> unmet = new LinkedHashSet<>();
    for (Job target : targets) {
      if (!(target.state() instanceof JobState.Ended ended && ended.succeeded())) {
        unmet.add(target.key().job());
      }
    }
    return unmet;
  }

  /**
   * What a waiting job must be told, given all its targets as they are now. A target that is gone
   * has expired, which only ended jobs do; how it ended is no longer known, so it counts as failed
   * rather than as a success that nobody saw.
   */
  public static Optional<JobEvent> settle(Job waiting, Map<JobId, Job> targets) {
    if (!(waiting.state() instanceof JobState.Pending pending)) {
      return Optional.empty();
    }
    Set<JobId> met = new LinkedHashSet<>();
    for (JobId id : pending.waits()) {
      Job target = targets.get(id);
      if (target == null) {
        return Optional.of(new JobEvent.DependencyFailed(id));
      }
      if (target.state() instanceof JobState.Ended ended) {
        if (!ended.succeeded()) {
          return Optional.of(new JobEvent.DependencyFailed(id));
        }
        met.add(id);
      }
    }
    return met.isEmpty() ? Optional.empty() : Optional.of(new JobEvent.DependenciesMet(met));
  }
}
