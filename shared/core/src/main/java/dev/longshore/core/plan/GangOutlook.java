package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.EnvironmentLook.Verdict;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.plan.Outlook.Said;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.IntSummaryStatistics;
import java.util.List;

/** What one environment says to a multi-node job that found no room in it. */
final class GangOutlook {
  private GangOutlook() {}

  /** The whole look, from what is proved to what merely is so now. */
  static EnvironmentLook look(Supply supply, NodeGroups nodes) {
    return Outlook.look(
        supply,
        said(supply, nodes),
        supply.launchingForGang(nodes),
        supply.launchingForGangSince(nodes));
  }

  private static Said said(Supply supply, NodeGroups nodes) {
    Why why = GangWords.explain(List.of(supply), nodes);
    if (!supply.takesGangs()) {
      return new Said(Verdict.NO_MULTI_NODE, why.detail());
    }
    if (!supply.couldTakeGang(nodes)) {
      return Outlook.never(why);
    }
    if (!supply.environment().takesJobs()) {
      return Outlook.shut(supply);
    }
    List<Host> empty =
        supply.hosts().stream()
            .filter(host -> host.state() == State.ACTIVE && host.reservations().isEmpty())
            .toList();
    List<Shape> missing = Gangs.fit(nodes, empty).missing();
    if (missing.isEmpty()) {
      return new Said(
          Verdict.HAS_ROOM,
          "%s has %d empty hosts that are large enough; jobs that were there earlier come first"
              .formatted(supply.name(), nodes.count()));
    }
    return supply.launchingForGang(nodes) > 0
        ? new Said(Verdict.LAUNCHING, Outlook.launching(supply, supply.launchingForGang(nodes)))
        : lacks(supply, nodes, missing);
  }

  /** Why it does not have the hosts that nodes asking for this still lack. */
  private static Said lacks(Supply supply, NodeGroups nodes, List<Shape> missing) {
    String name = supply.name();
    int max = supply.maxVcpus();
    if (max == 0) {
      return new Said(Verdict.PAUSED, name + " is paused by maxvCpus 0");
    }
    String found =
        "%d of the %d empty hosts that it needs are there in %s"
            .formatted(nodes.count() - missing.size(), nodes.count(), name);
    if (missing.stream().anyMatch(shape -> types(supply, nodes, shape).isEmpty())) {
      return supply.hasHostsOrTypesForGang(nodes)
          ? new Said(Verdict.BUSY, found + "; others that are large enough are busy")
          : new Said(Verdict.TYPES_UNKNOWN, "the instance types of " + name + " are not known");
    }
    if (missing.stream().anyMatch(shape -> isShort(supply, nodes, shape))) {
      return new Said(Verdict.SHORTAGE, "no instances to be had for " + name);
    }
    return grows(supply, nodes, missing)
        ? new Said(Verdict.ABOUT_TO_LAUNCH, "instances are about to be launched in " + name)
        : new Said(
            Verdict.AT_MAXIMUM,
            "%s; %s has hosts up to its maximum of %d vCPUs".formatted(found, name, max));
  }

  private static List<InstanceType> types(Supply supply, NodeGroups nodes, Shape shape) {
    return supply.fitting(shape).stream().filter(type -> Gangs.takes(nodes, type.name())).toList();
  }

  private static boolean isShort(Supply supply, NodeGroups nodes, Shape shape) {
    return types(supply, nodes, shape).stream().allMatch(supply::isShort);
  }

  /** True when the maximum has room for the smallest hosts for these beside all that are there. */
  private static boolean grows(Supply supply, NodeGroups nodes, List<Shape> missing) {
    IntSummaryStatistics least =
        missing.stream()
            .mapToInt(shape ->
                types(supply, nodes, shape).stream()
                    .mapToInt(type -> type.usable().vcpus())
                    .min()
                    .orElse(0))
            .summaryStatistics();
    long sum = supply.vcpus() + least.getSum();
    return supply.mayExceed() ? sum - least.getMax() < supply.maxVcpus() : sum <= supply.maxVcpus();
  }
}
