package dev.longshore.core.usecase;

import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Fleet.Misses;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives hosts up that were launched and did not join in time. When launch after launch ends like
 * this and nothing joins between, the environment is INVALID ({@code batch-semantics} 17.1, 17.5):
 * it would go on paying for hosts that nobody can use.
 */
final class Joins {
  /** So many launches in a row, each made after the one before was given up. */
  private static final int MOST_MISSES = 3;

  private static final String NOBODY_JOINED =
      "Your compute environment has been INVALIDATED and scaled down because none of the instances"
          + " joined the underlying ECS Cluster. Common issues preventing instances joining are the"
          + " following: VPC/Subnet configuration preventing communication to ECS, incorrect"
          + " Instance Profile policy preventing authorization to ECS, or customized AMI or"
          + " LaunchTemplate configurations affecting ECS agent.";

  private final HostStore hosts;
  private final CatalogStore catalog;
  private final SettleResources resources;

  Joins(HostStore hosts, CatalogStore catalog, SettleResources resources) {
    this.hosts = hosts;
    this.catalog = catalog;
    this.resources = resources;
  }

  /**
   * Drains these, those that joined just now left out; then they are cleared away.
   *
   * @return true when that was one more launch in a row: the fleets of their environments changed
   */
  boolean giveUp(Collection<HostId> expired, long now) {
    Set<String> missed = new TreeSet<>();
    for (HostId id : expired) {
      Host host = hosts.find(id).filter(it -> it.state() == Host.State.BOOTING).orElse(null);
      // Not GONE before it is terminated: its vCPUs would no longer count while it still exists.
      if (host != null
          && hosts.saveIfEmpty(host.in(Host.State.DRAINING))
          && host.launchedAt() >= hosts.fleet(id.environment()).misses().at()) {
        missed.add(id.environment());
      }
    }
    return missed.stream().filter(environment -> miss(environment, now)).count() > 0;
  }

  private boolean miss(String environment, long now) {
    if (hosts.hosts(environment).stream().anyMatch(host -> host.containerInstance() != null)) {
      // Whatever keeps some away, others join.
      return false;
    }
    Fleet fleet = hosts.fleet(environment);
    int count = fleet.misses().count() + 1;
    boolean over = count >= MOST_MISSES;
    // Whoever mends it begins anew. A count that is lost to a launch under way is made up for.
    boolean counted = hosts.saveFleet(fleet.with(over ? Misses.NONE : new Misses(count, now)));
    if (counted && over) {
      catalog.environment(environment).ifPresent(it -> resources.invalidate(it, NOBODY_JOINED));
    }
    return counted;
  }

  /** A host joined: launches that did not are none in a row. */
  static void joined(HostStore hosts, String environment) {
    Fleet fleet = hosts.fleet(environment);
    while (fleet.misses().count() > 0 && !hosts.saveFleet(fleet.with(Misses.NONE))) {
      fleet = hosts.fleet(environment);
    }
  }
}
