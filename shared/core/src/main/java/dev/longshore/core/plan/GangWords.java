package dev.longshore.core.plan;

import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says why a multi-node job waits. */
final class GangWords {
  private GangWords() {}

  /** Why none of these environments, those of its queue in order, takes all nodes now. */
  static Why explain(List<Supply> supplies, NodeGroups nodes) {
    if (supplies.isEmpty()) {
      return new Why(Reason.ENVIRONMENT_DISABLED, "the queue has no compute environment");
    }
    List<Supply> allowed = supplies.stream().filter(Supply::takesGangs).toList();
    if (allowed.isEmpty()) {
      return new Why(
          Reason.JOB_RESOURCE_REQUIREMENT,
          "Multi-node parallel jobs run neither on Spot nor in unmanaged compute environments.");
    }
    List<Supply> able = allowed.stream().filter(supply -> supply.couldTakeGang(nodes)).toList();
    if (able.isEmpty()) {
      return never(allowed, nodes);
    }
    List<Supply> open = able.stream().filter(it -> it.environment().takesJobs()).toList();
    if (open.isEmpty()) {
      return Explanations.closed(able);
    }
    return waiting(open, nodes);
  }

  private static Why never(List<Supply> allowed, NodeGroups nodes) {
    for (Supply supply : allowed) {
      if (supply.hasHostsOrTypesForGang(nodes)) {
        return new Why(
            Reason.COMPUTE_ENVIRONMENT_MAX_RESOURCE,
            "The job asks for %d hosts at once; maxvCpus of %s is %d."
                .formatted(nodes.count(), supply.name(), supply.maxVcpus()));
      }
    }
    Shape largest =
        nodes.groups().stream()
            .map(NodeGroups.Group::shape)
            .max(Shape::compareTo)
            .orElse(Shape.NONE);
    String type = nodes.instanceType();
    return type == null
        ? Misfit.explain(allowed, largest)
        : new Why(
            Reason.JOB_RESOURCE_REQUIREMENT,
            "The job asks for hosts of type %s with %s each; no compute environment of its queue"
                    .formatted(type, Misfit.words(largest))
                + " has such hosts.");
  }

  private static Why waiting(List<Supply> open, NodeGroups nodes) {
    List<String> launching = new ArrayList<>();
    for (Supply supply : open) {
      int count = supply.launchingForGang(nodes);
      if (count > 0) {
        launching.add(Outlook.launching(supply, count));
      }
    }
    String names = open.stream().map(Supply::name).collect(Collectors.joining(", "));
    String wanted =
        "the job needs %d empty hosts at once in one compute environment".formatted(nodes.count());
    return new Why(
        Reason.CAPACITY,
        launching.isEmpty() ? wanted + ": " + names : wanted + "; " + String.join("; ", launching));
  }
}
