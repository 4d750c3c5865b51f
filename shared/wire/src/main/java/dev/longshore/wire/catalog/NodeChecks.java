package dev.longshore.wire.catalog;

import dev.longshore.core.model.Need;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.catalog.NodeRanges.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.NodeProperties;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;

/** The nodeProperties of a definition ({@code batch-semantics} 8). */
public final class NodeChecks {
  private static final int NODES_MAX = 1000;
  private static final int RANGES_MAX = 5;

  private NodeChecks() {}

  /**
   * Refuses nodes that could not run together.
   *
   * @throws dev.longshore.core.validation.ClientFault when they could not
   */
  static void check(NodeProperties nodes) {
    int count = Require.present("nodeProperties.numNodes", nodes.numNodes());
    checkCount(count, Require.present("nodeProperties.mainNode", nodes.mainNode()));
    List<NodeRangeProperty> given = nodes.nodeRangeProperties();
    Require.that(
        !given.isEmpty() && given.size() <= RANGES_MAX,
        "nodeRangeProperties must have between 1 and %d entries.".formatted(RANGES_MAX));
    List<Range> ranges = new ArrayList<>();
    for (NodeRangeProperty each : given) {
      ranges.add(NodeRanges.parse(each.targetNodes(), count));
      checkRange(each);
    }
    for (int node = 0; node < count; node++) {
      Require.that(
          NodeRanges.decisive(ranges, node) >= 0,
          "Node %d is in none of the ranges of nodeRangeProperties.".formatted(node));
    }
    checkInstanceTypes(given);
  }

  /** How many nodes there may be, and which of them may be the main one. */
  public static void checkCount(int count, int main) {
    Require.range("nodeProperties.numNodes", count, 1, NODES_MAX);
    Require.that(
        main >= 0 && main < count,
        "nodeProperties.mainNode %d must be less than numNodes %d.".formatted(main, count));
  }

  private static void checkRange(NodeRangeProperty range) {
    Require.that(
        range.eksProperties() == null,
        "eksProperties is not supported; use container or ecsProperties.");
    Require.that(
        (range.container() == null) != (range.ecsProperties() == null),
        "Each of nodeRangeProperties must have either container or ecsProperties.");
    if (range.container() != null) {
      ContainerChecks.check(range.container());
    } else {
      EcsChecks.check(range.ecsProperties());
    }
  }

  /** What nodes need of consumable resources, as all ranges say it. */
  static List<Need> needs(@Nullable NodeProperties nodes) {
    return nodes == null
        ? List.of()
        : nodes.nodeRangeProperties().stream()
            .flatMap(range -> Needs.requested(range.consumableResourceProperties()).stream())
            .toList();
  }

  private static void checkInstanceTypes(List<NodeRangeProperty> ranges) {
    Set<String> types = new HashSet<>();
    for (NodeRangeProperty each : ranges) {
      Require.that(
          each.instanceTypes().size() <= 1, "instanceTypes must have at most one element.");
      types.addAll(each.instanceTypes());
      if (each.container() != null && each.container().instanceType() != null) {
        types.add(each.container().instanceType());
      }
    }
    Require.that(types.size() <= 1, "All node ranges must use the same instance type.");
  }
}
