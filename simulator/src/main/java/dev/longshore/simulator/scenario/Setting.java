package dev.longshore.simulator.scenario;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.TimeLimit;
import dev.longshore.core.plan.Reason;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.InstanceTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The catalog in which scenarios play: four queues, four environments, two domains. */
final class Setting {
  /** The queue that jobs go to unless they say otherwise. */
  static final String QUEUE = "main";

  /** Served before the others of its domain. */
  static final String URGENT = "urgent";

  /** In a domain of its own. */
  static final String APART = "apart";

  /** A fair-share queue in the domain of {@link #APART}, with a limit for jobs that never fit. */
  static final String SHARED = "shared";

  static final DefinitionId DEFINITION = new DefinitionId("program", 1);

  /** A consumable resource of which there are 10. */
  static final String LICENCE = "licence";

  /** One that is used up, and of which there is enough. */
  static final String DOSE = "dose";

  /** The environment that is tried first for {@link #QUEUE}, of capacity that is taken back. */
  static final String SPOT = "spot";

  /** Maximum vCPUs by environment. */
  static final Map<String, Integer> MAX_VCPUS =
      Map.of("large", 96, "small", 16, "alone", 24, SPOT, 32);

  private static final FairShare FAIR =
      new FairShare(0, 20, List.of(new FairShare.Weight("shareb", 0.5)));

  private Setting() {}

  static void create(CatalogStore catalog, long now) {
    MAX_VCPUS.keySet().stream()
        .sorted()
        .forEach(name -> catalog.createEnvironment(environment(name, now)));
    List<TimeLimit> none = List.of();
    List<TimeLimit> limits = List.of(new TimeLimit(Reason.JOB_RESOURCE_REQUIREMENT.code(), 600));
    catalog.createPolicy(new SchedulingPolicy("fair", FAIR, "{}", Map.of(), 1));
    catalog.createQueue(queue(URGENT, 10, List.of("large"), null, none, now));
    catalog.createQueue(queue(QUEUE, 1, List.of(SPOT, "large", "small"), null, none, now));
    catalog.createQueue(queue(APART, 1, List.of("alone"), null, none, now));
    catalog.createQueue(queue(SHARED, 1, List.of("alone"), "fair", limits, now));
    catalog.createConsumable(
        ConsumableResource.fresh(LICENCE, Kind.REPLENISHABLE, 10, Map.of(), now));
    catalog.createConsumable(
        ConsumableResource.fresh(DOSE, Kind.NON_REPLENISHABLE, 1_000_000, Map.of(), now));
    catalog.createDefinition(new JobDefinition(DEFINITION, true, "{}", Map.of(), now, 0, 1));
  }

  private static ComputeEnvironment environment(String name, long now) {
    Managed managed =
        new Managed(
            name.equals(SPOT) ? Market.SPOT : Market.ON_DEMAND,
            0,
            MAX_VCPUS.getOrDefault(name, 0),
            0,
            List.of("m.small", "m.medium", "m.large"),
            "BEST_FIT_PROGRESSIVE");
    return new ComputeEnvironment(
        name, true, ResourceStatus.VALID, "", managed, 0, "{}", Map.of(), now, 1);
  }

  /** The share of a job: in {@link #SHARED} the last character of its name says it. */
  static @Nullable String shareOf(JobPlan plan) {
    String name = plan.name();
    return plan.queue().equals(SHARED) ? "share" + name.charAt(name.length() - 1) : null;
  }

  private static JobQueue queue(
      String name,
      int priority,
      List<String> environments,
      @Nullable String policy,
      List<TimeLimit> limits,
      long now) {
    List<Integer> orders = IntStream.range(0, environments.size()).boxed().toList();
    return new JobQueue(
        name,
        true,
        ResourceStatus.VALID,
        "",
        priority,
        environments,
        orders,
        policy,
        limits,
        Map.of(),
        now,
        1);
  }

  /** Three sizes. */
  static final class Types implements InstanceTypes {
    private static final List<InstanceType> ALL =
        List.of(
            new InstanceType("m.small", new Shape(2, 7_500, 0), false, 0.1),
            new InstanceType("m.medium", new Shape(4, 15_000, 0), false, 0.19),
            new InstanceType("m.large", new Shape(16, 60_000, 0), false, 0.75));

    @Override
    public Optional<InstanceType> find(String name) {
      return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    @Override
    public List<InstanceType> expand(String entry) {
      return find(entry).stream().toList();
    }
  }
}
