package dev.longshore.wire.jobs;

import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.Shape;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.catalog.Needs;
import dev.longshore.wire.catalog.NodeChecks;
import dev.longshore.wire.catalog.NodeRanges;
import dev.longshore.wire.catalog.NodeRanges.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ConsumableResourceProperties;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.NodeOverrides;
import software.amazon.awssdk.services.batch.model.NodeProperties;
import software.amazon.awssdk.services.batch.model.NodePropertyOverride;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** The nodes of a multi-node job, its overrides merged in ({@code batch-semantics} 8). */
final class EffectiveNodes {
  private final NodeProperties defined;
  private final int count;
  private final List<Range> ranges = new ArrayList<>();
  private final Map<Integer, NodePropertyOverride> overrides = new HashMap<>();
  private final Parameters parameters;

  private EffectiveNodes(NodeProperties defined, int count, Parameters parameters) {
    this.defined = defined;
    this.count = count;
    this.parameters = parameters;
  }

  /**
   * Merges a submission into its definition.
   *
   * @throws ClientFault when an override does not fit the definition
   */
  static EffectiveNodes of(JobDefinition definition, SubmitJobRequest submission) {
    return of(
        definition, submission, Parameters.of(definition.parameters(), submission.parameters()));
  }

  static EffectiveNodes of(
      JobDefinition definition, SubmitJobRequest submission, Parameters parameters) {
    NodeProperties defined = definition.nodeProperties();
    NodeOverrides overrides = submission.nodeOverrides();
    Integer asked = overrides == null ? null : overrides.numNodes();
    int count = asked == null ? defined.numNodes() : asked;
    EffectiveNodes nodes = new EffectiveNodes(defined, count, parameters);
    if (count != defined.numNodes()) {
      nodes.checkCount();
    }
    for (NodeRangeProperty each : defined.nodeRangeProperties()) {
      nodes.ranges.add(NodeRanges.parse(each.targetNodes(), count));
    }
    if (overrides != null) {
      nodes.match(overrides.nodePropertyOverrides());
    }
    return nodes;
  }

  /** Another number of nodes needs a range that ends wherever the nodes end. */
  private void checkCount() {
    NodeChecks.checkCount(count, defined.mainNode());
    boolean open = false;
    for (NodeRangeProperty each : defined.nodeRangeProperties()) {
      open = open || NodeRanges.parse(each.targetNodes(), defined.numNodes()).open();
    }
    Require.that(
        open,
        "numNodes can only be overridden when a range of the job definition has no upper end.");
  }

  private void match(List<NodePropertyOverride> given) {
    TreeSet<String> unknown = new TreeSet<>();
    for (NodePropertyOverride each : given) {
      String target = Require.text("nodePropertyOverrides.targetNodes", each.targetNodes());
      int place = placeOf(target);
      if (place < 0) {
        unknown.add(target);
      } else {
        Require.that(
            overrides.put(place, each) == null,
            "nodePropertyOverrides must not name the range %s twice.".formatted(target));
        checkOverride(each, defined.nodeRangeProperties().get(place));
      }
    }
    Require.that(
        unknown.isEmpty(),
        "NodeOverride targets should match job definition. Non matching targets - "
            + String.join(", ", unknown));
  }

  private int placeOf(String target) {
    for (int place = 0; place < ranges.size(); place++) {
      if (defined.nodeRangeProperties().get(place).targetNodes().equals(target)) {
        return place;
      }
    }
    return -1;
  }

  private static void checkOverride(NodePropertyOverride override, NodeRangeProperty range) {
    Require.that(
        override.eksPropertiesOverride() == null,
        "eksPropertiesOverride is only allowed for job definitions with eksProperties.");
    Require.that(
        override.instanceTypes().size() <= 1, "instanceTypes must have at most one element.");
    if (override.containerOverrides() != null) {
      Require.that(
          range.container() != null,
          "containerOverrides are only allowed for node ranges with container.");
      SubmissionRules.checkContainer(override.containerOverrides());
    }
    if (override.ecsPropertiesOverride() != null) {
      Require.that(
          range.ecsProperties() != null,
          "ecsPropertiesOverride is only allowed for node ranges with ecsProperties.");
      EcsOverrides.check(override.ecsPropertiesOverride(), range.ecsProperties());
    }
  }

  int count() {
    return count;
  }

  int main() {
    return defined.mainNode();
  }

  /** What a node runs. */
  EffectiveTask task(int node) {
    return taskOf(NodeRanges.decisive(ranges, node));
  }

  private EffectiveTask taskOf(int place) {
    NodeRangeProperty range = defined.nodeRangeProperties().get(place);
    NodePropertyOverride override = overrides.get(place);
    return range.ecsProperties() != null
        ? EffectiveTask.of(
            range.ecsProperties(),
            override == null ? null : override.ecsPropertiesOverride(),
            parameters)
        : EffectiveTask.of(range.container(), containerOverrides(place), parameters);
  }

  private @Nullable ContainerOverrides containerOverrides(int place) {
    NodePropertyOverride override = overrides.get(place);
    return override == null ? null : override.containerOverrides();
  }

  /**
   * What the engine decides on.
   *
   * @throws ClientFault when a node asks for no vCPUs or no memory, or types differ
   */
  NodeGroups groups() {
    List<Group> groups = new ArrayList<>();
    Map<Integer, Shape> shapes = new HashMap<>();
    for (int node = 0; node < count; node++) {
      Shape shape =
          shapes.computeIfAbsent(
              NodeRanges.decisive(ranges, node),
              place -> SubmissionRules.shape(taskOf(place).resources()));
      Group last = groups.isEmpty() ? null : groups.getLast();
      if (last != null && last.shape().equals(shape)) {
        groups.removeLast();
        groups.add(new Group(last.count() + 1, shape));
      } else {
        groups.add(new Group(1, shape));
      }
    }
    return new NodeGroups(main(), groups, instanceType());
  }

  /** What a node takes of consumable resources. */
  List<Need> needs(int node) {
    return needsOf(NodeRanges.decisive(ranges, node));
  }

  private List<Need> needsOf(int place) {
    return Needs.of(needing(place));
  }

  private @Nullable ConsumableResourceProperties needing(int place) {
    NodePropertyOverride override = overrides.get(place);
    return override != null && override.consumableResourcePropertiesOverride() != null
        ? override.consumableResourcePropertiesOverride()
        : defined.nodeRangeProperties().get(place).consumableResourceProperties();
  }

  /**
   * What a new job takes of consumable resources, all its nodes counted.
   *
   * @param ofJob what it takes besides, once
   * @throws ClientFault when a list is too long, or the sum more than there can be
   */
  List<Need> needs(List<Need> ofJob) {
    overrides
        .values()
        .forEach(each -> Needs.requested(each.consumableResourcePropertiesOverride()));
    Map<String, Long> sums = new TreeMap<>();
    ofJob.forEach(need -> sums.put(need.resource(), need.quantity()));
    Map<Integer, List<Need>> byRange = new HashMap<>();
    for (int node = 0; node < count; node++) {
      byRange
          .computeIfAbsent(NodeRanges.decisive(ranges, node), this::needsOf)
          .forEach(need -> sums.merge(need.resource(), need.quantity(), Long::sum));
    }
    List<Need> all = new ArrayList<>();
    sums.forEach((resource, quantity) -> {
      Require.that(
          quantity <= ConsumableResource.QUANTITY_MAX,
          "The nodes of a job must not need more than %d of consumable resource %s."
              .formatted(ConsumableResource.QUANTITY_MAX, resource));
      all.add(new Need(resource, quantity));
    });
    return all;
  }

  private @Nullable String instanceType() {
    TreeSet<String> types = new TreeSet<>();
    for (int place = 0; place < ranges.size(); place++) {
      String type = instanceTypeOf(place);
      if (type != null) {
        types.add(type);
      }
    }
    Require.that(types.size() <= 1, "All node ranges must use the same instance type.");
    return types.isEmpty() ? null : types.first();
  }

  private @Nullable String instanceTypeOf(int place) {
    NodeRangeProperty range = defined.nodeRangeProperties().get(place);
    NodePropertyOverride override = overrides.get(place);
    ContainerOverrides container = containerOverrides(place);
    if (override != null && !override.instanceTypes().isEmpty()) {
      return override.instanceTypes().getFirst();
    }
    if (container != null && container.instanceType() != null) {
      return container.instanceType();
    }
    if (!range.instanceTypes().isEmpty()) {
      return range.instanceTypes().getFirst();
    }
    return range.container() == null ? null : range.container().instanceType();
  }

  /** As DescribeJobs shows them. */
  NodeProperties properties() {
    List<NodeRangeProperty> shown = new ArrayList<>();
    for (int place = 0; place < ranges.size(); place++) {
      NodeRangeProperty.Builder range =
          defined.nodeRangeProperties().get(place).toBuilder()
              .consumableResourceProperties(needing(place));
      if (defined.nodeRangeProperties().get(place).container() != null) {
        range.container(taskOf(place).parts().getFirst().container().properties());
      }
      shown.add(range.build());
    }
    return defined.toBuilder().numNodes(count).nodeRangeProperties(shown).build();
  }
}
