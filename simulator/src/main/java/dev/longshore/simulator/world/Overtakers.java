package dev.longshore.simulator.world;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;

/** Who changes a job while a handler stands still that is about to change it. */
public interface Overtakers {
  /**
   * Begins what others may do just now.
   *
   * @param read the job as the handler read it
   * @param event what it decided
   */
  void begin(Job read, JobEvent event);

  /** True when others have stored this version of the job or a later one, or ended it. */
  boolean isChanged(JobKey key, long version);
}
