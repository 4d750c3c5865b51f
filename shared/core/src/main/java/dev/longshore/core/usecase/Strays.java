package dev.longshore.core.usecase;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostStore;
import java.util.Set;

/**
 * Finds instances that an environment launched and that are in no record: their launch's answer or
 * their record was lost. They are recorded as hosts that drain, so that the capacity round ends
 * them as any other ({@code docs/decisions/0027}).
 */
final class Strays {
  private final HostStore hosts;
  private final CatalogStore catalog;
  private final HostLauncher launcher;

  Strays(HostStore hosts, CatalogStore catalog, HostLauncher launcher) {
    this.hosts = hosts;
    this.catalog = catalog;
    this.launcher = launcher;
  }

  /**
   * Records those of these instances that nobody knows.
   *
   * @param instances of a managed environment, listed before this call
   */
  void record(String environment, Set<String> instances, long now) {
    // An intent is stored before its launch and removed after its hosts are recorded. With none
    // there, whatever was listed before is recorded now, or never will be.
    if (!hosts.fleet(environment).intents().isEmpty()) {
      return;
    }
    for (String instance : instances) {
      HostId id = new HostId(environment, instance);
      // One with a grave was a host: it is on its way out, and the list is older than its end.
      if (hosts.find(id).isEmpty() && hosts.staleUntil(id) == 0) {
        hosts.create(new Host(id, Host.State.DRAINING, "", Shape.NONE, null, now, 0, Set.of(), 1));
      }
    }
  }

  /** The same for a managed environment that is being deleted: after it nobody would look. */
  void inDeleted(String environment, long now) {
    boolean deleted =
        catalog
            .environment(environment)
            .filter(it -> it.status() == ResourceStatus.DELETING && it.managed() != null)
            .isPresent();
    if (deleted) {
      record(environment, launcher.instances(environment), now);
    }
  }
}
