package dev.longshore.core.plan;

import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.EnvironmentLook.Verdict;
import dev.longshore.core.port.InstanceTypes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the environments of a queue as a round does, and says what each one's answer is. */
public final class EnvironmentLooks {
  private EnvironmentLooks() {}

  /**
   * What the environments of this queue say to a waiting job, in the queue's order. The same
   * snapshot gives the same looks.
   *
   * @param shape what one attempt asks for; of a multi-node job, what its main node does
   * @param nodes of a multi-node job, null for any other
   */
  public static List<EnvironmentLook> of(
      Snapshot snapshot,
      InstanceTypes types,
      JobQueue queue,
      Shape shape,
      @Nullable NodeGroups nodes) {
    Map<String, Supply> supplies = Supply.of(snapshot, types);
    return queue.environments().stream().map(name -> look(name, supplies, shape, nodes)).toList();
  }

  private static EnvironmentLook look(
      String name, Map<String, Supply> supplies, Shape shape, @Nullable NodeGroups nodes) {
    Supply supply = supplies.get(name);
    if (supply == null) {
      return new EnvironmentLook(name, Verdict.MISSING, name + " does not exist", 0, 0, 0, 0);
    }
    return nodes == null ? Outlook.look(supply, shape) : GangOutlook.look(supply, nodes);
  }
}
