package dev.longshore.core.usecase;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Nudges;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns "something changed for this queue or environment" into nudges of domains. */
public final class Wakeups {
  private final CatalogStore catalog;
  private final Nudges nudges;

  public Wakeups(CatalogStore catalog, Nudges nudges) {
    this.catalog = catalog;
    this.nudges = nudges;
  }

  /**
   * Asks for a scheduling round of every domain that has one of these queues or environments. In an
   * environment without a queue there is nothing to schedule.
   *
   * @return those of the queues that do not exist
   */
  public Set<String> scheduler(Collection<String> queues, Collection<String> environments) {
    if (queues.isEmpty() && environments.isEmpty()) {
      return Set.of();
    }
    Domains domains = withQueues();
    Set<String> unknown = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (String queue : queues) {
      domains.ofQueue(queue).ifPresentOrElse(names::add, () -> unknown.add(queue));
    }
    environments.stream().map(domains::ofEnvironment).flatMap(Optional::stream).forEach(names::add);
    names.forEach(nudges::scheduler);
    return unknown;
  }

  /** Asks for a capacity round of the domain of this environment. */
  public void capacity(String environment) {
    domains().ofEnvironment(environment).ifPresent(nudges::capacity);
  }

  /** Asks for a scheduling round of every domain: something that any job may wait for is free. */
  public void schedulers() {
    domains().all().forEach(domain -> nudges.scheduler(domain.name()));
  }

  /** Asks for both rounds of every domain: what timers do. */
  public void everything() {
    for (Domains.Domain domain : domains().all()) {
      nudges.scheduler(domain.name());
      nudges.capacity(domain.name());
    }
  }

  /** The domain that a nudge of this name means now. */
  Optional<Domains.Domain> domain(String name) {
    return withQueues().named(name).or(() -> domains().named(name));
  }

  /** Those that have queues: for these the queues alone say all. */
  private Domains withQueues() {
    return Domains.of(catalog.queues(), Set.of());
  }

  /** The domains as they are now. */
  public Domains domains() {
    return Domains.of(
        catalog.queues(), catalog.environments().stream().map(ComputeEnvironment::name).toList());
  }
}
