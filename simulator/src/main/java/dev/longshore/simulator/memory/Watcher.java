package dev.longshore.simulator.memory;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import org.jspecify.annotations.Nullable;

/**
 * Sees every stored change at the moment it is stored, before anybody can read it. It may throw to
 * say that the change must never have happened.
 */
public interface Watcher {
  /** Sees nothing. */
  Watcher NONE = new Watcher() {};

  /** A job or child was created ({@code before} absent) or saved. */
  default void jobStored(@Nullable Job before, Job after) {}

  /** An event was held against a job; {@code step} is what comes of it, stored or not. */
  default void applied(Job before, JobEvent event, Step step) {}

  /** A page was written for the first time ({@code before} absent) or again. */
  default void pageStored(@Nullable ArrayPage before, ArrayPage after) {}

  /** Why jobs of a queue wait was written. */
  default void holdsStored(Holds before, Holds after) {}

  /** A compute environment was created or changed. */
  default void environmentStored(ComputeEnvironment after) {}

  /** A compute environment was removed. */
  default void environmentRemoved(String name) {}

  /** A host was created ({@code before} absent) or changed, its reservations included. */
  default void hostStored(@Nullable Host before, Host after) {}

  /** A host was removed. */
  default void hostRemoved(HostId host) {}

  /** A consumable resource was created ({@code before} absent) or changed, its claims included. */
  default void consumableStored(@Nullable ConsumableResource before, ConsumableResource after) {}
}
