package dev.longshore.core.port;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;

/**
 * Says that something stored is new or has changed. It carries no content: whoever gets it reads
 * what is there now and does what must follow. It may come twice, late and out of order.
 */
public sealed interface Change {
  /** A job, an array parent, or a child that was handed over. */
  record JobChanged(JobKey key) implements Change {}

  /** A page of an array. */
  record PageChanged(JobId job, int page) implements Change {}

  /** A job queue. */
  record QueueChanged(String name) implements Change {}

  /** A compute environment. */
  record EnvironmentChanged(String name) implements Change {}
}
