package dev.longshore.core.plan;

import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.EnvironmentLook.Verdict;
import dev.longshore.core.port.InstanceTypes;
import java.util.List;
import java.util.Map;

/** Looks at the environments of a queue as a round does, and says what each one's answer is. */
public final class EnvironmentLooks {
  private EnvironmentLooks() {}

  /**
   * What the environments of this queue say to a waiting job of this shape, in the queue's order.
   * The same snapshot gives the same looks.
   */
  public static List<EnvironmentLook> of(
      Snapshot snapshot, InstanceTypes types, JobQueue queue, Shape shape) {
    Map<String, Supply> supplies = Supply.of(snapshot, types);
    return queue.environments().stream().map(name -> look(name, supplies, shape)).toList();
  }

  private static EnvironmentLook look(String name, Map<String, Supply> supplies, Shape shape) {
    Supply supply = supplies.get(name);
    return supply == null
        ? new EnvironmentLook(name, Verdict.MISSING, name + " does not exist", 0, 0, 0, 0)
        : Outlook.look(supply, shape);
  }
}
