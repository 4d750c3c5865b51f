package dev.longshore.core.usecase;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.plan.Snapshot;

/** What environments may still launch. */
final class Headroom {
  private Headroom() {}

  /** True when it takes jobs and has fewer vCPUs than it may, with all that is being launched. */
  static boolean isIn(ComputeEnvironment environment, Snapshot snapshot) {
    return isIn(environment, snapshot, 0);
  }

  /**
   * True when it takes jobs and has fewer vCPUs than it may.
   *
   * @param more vCPUs that are about to be launched beside what the snapshot knows
   */
  static boolean isIn(ComputeEnvironment environment, Snapshot snapshot, int more) {
    ComputeEnvironment.Managed managed = environment.managed();
    return managed != null
        && environment.takesJobs()
        && vcpus(snapshot, environment.name()) + more < managed.maxVcpus();
  }

  private static int vcpus(Snapshot snapshot, String environment) {
    int there =
        snapshot.hosts().stream()
            .filter(host -> host.id().environment().equals(environment))
            .filter(host -> host.state() != Host.State.GONE)
            .mapToInt(host -> host.capacity().vcpus())
            .sum();
    Fleet fleet = snapshot.fleets().getOrDefault(environment, Fleet.none(environment));
    int coming = fleet.intents().stream().mapToInt(intent -> intent.count() * intent.vcpus()).sum();
    return there + coming;
  }
}
