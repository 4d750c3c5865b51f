package dev.longshore.core.plan;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobQueue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a round decides on: the queues and environments of one scheduling domain, what waits,
 * and what there is.
 *
 * @param now epoch ms
 * @param queues in any order
 * @param environments in any order; those that a queue names and are missing here do not exist
 * @param hosts of these environments, in any order and every state
 * @param demands what waits, in any order
 * @param fleets launches under way by environment; a missing one has none
 * @param suspects hosts that refused a task a moment ago: nothing is placed on them
 * @param consumables those that a demand needs, by name; a missing one does not exist
 * @param fair the shares of each fair-share queue; a missing one is a FIFO queue
 */
public record Snapshot(
    long now,
    List<JobQueue> queues,
    List<ComputeEnvironment> environments,
    List<Host> hosts,
    List<Demand> demands,
    Map<String, Fleet> fleets,
    Set<HostId> suspects,
    Map<String, ConsumableResource> consumables,
    Map<String, FairQueue> fair) {
  public Snapshot {
    queues = List.copyOf(queues);
    environments = List.copyOf(environments);
    hosts = List.copyOf(hosts);
    demands = List.copyOf(demands);
    fleets = Map.copyOf(fleets);
    suspects = Set.copyOf(suspects);
    consumables = Map.copyOf(consumables);
    fair = Map.copyOf(fair);
  }

  /** A world without fair-share queues in which nobody needs more than room on a host. */
  public Snapshot(
      long now,
      List<JobQueue> queues,
      List<ComputeEnvironment> environments,
      List<Host> hosts,
      List<Demand> demands,
      Map<String, Fleet> fleets,
      Set<HostId> suspects) {
    this(now, queues, environments, hosts, demands, fleets, suspects, Map.of(), Map.of());
  }

  /** Launches under way in this environment. */
  public Fleet fleet(String environment) {
    return fleets.getOrDefault(environment, Fleet.none(environment));
  }

  /** The same but for its hosts and fleets: a supposed world. */
  public Snapshot with(List<Host> otherHosts, Map<String, Fleet> otherFleets) {
    return new Snapshot(
        now, queues, environments, otherHosts, demands, otherFleets, suspects, consumables, fair);
  }
}
