package dev.longshore.local.runner;

import dev.longshore.core.port.TaskRunner.Start;
import dev.longshore.local.logs.LogName;

/** Says what the container of a task is, from what is stored. */
@FunctionalInterface
public interface Containers {
  /**
   * What to run and where its output goes.
   *
   * @param container what
   * @param log where to
   */
  record Plan(Container container, LogName log) {}

  /**
   * The plan of this start; always the same for the same start.
   *
   * @param task ECS task ID
   * @throws IllegalArgumentException when it can never run as it is defined
   */
  Plan plan(Start start, String task);
}
