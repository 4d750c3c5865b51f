package dev.longshore.local.runner;

import dev.longshore.core.port.TaskRunner.Start;
import dev.longshore.local.logs.LogName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what the containers of a task are, from what is stored. */
@FunctionalInterface
public interface Containers {
  /**
   * What to run and where its output goes.
   *
   * @param parts its containers, at least one
   */
  record Plan(List<Part> parts) {
    public Plan {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A container of a task.
   *
   * @param name its name
   * @param essential true when its end is the task's
   * @param after what must have happened to others before it starts
   * @param container what
   * @param log where to
   */
  record Part(String name, boolean essential, List<Wait> after, Container container, LogName log) {
    public Part {
      after = List.copyOf(after);
    }
  }

  /** Something that must have happened to another container of the task. */
  record Wait(String name, Condition condition) {}

  /** What must have happened. */
  enum Condition {
    /** It was started. */
    START,
    /** It ended, in whatever way. */
    COMPLETE,
    /** It ended with 0. */
    SUCCESS
  }

  /**
   * The plan of this start; always the same for the same start.
   *
   * @param task ECS task ID
   * @param mainAddress of a node of a multi-node job: where its main node is; otherwise absent
   * @throws IllegalArgumentException when it can never run as it is defined
   */
  Plan plan(Start start, String task, @Nullable String mainAddress);
}
