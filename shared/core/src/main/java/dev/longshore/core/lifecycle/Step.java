package dev.longshore.core.lifecycle;

import dev.longshore.core.model.Job;

/** What an event does to a job. */
public sealed interface Step {

  /** The job as it must be stored, one version later. */
  record Changed(Job job) implements Step {}

  /** Nothing: the event is late, repeated or no longer matters. Not an error. */
  record Ignored(String why) implements Step {}
}
