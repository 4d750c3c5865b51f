package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings queues and environments from a passing status to a lasting one. Called for every stored
 * change, and again whenever something it waits for may have happened: it looks only at what is
 * there now, so calling it twice, late or for nothing does no harm.
 */
public final class SettleResources {
  private static final List<Lane> OPEN_LANES =
      List.of(Lane.PENDING, Lane.RUNNABLE, Lane.OPEN, Lane.ACTIVE);

  private final CatalogStore catalog;
  private final HostStore hosts;
  private final JobStore jobs;
  private final Clusters clusters;
  private final Attachments attachments;

  /** For environments whose hosts need no cluster. */
  public SettleResources(CatalogStore catalog, HostStore hosts, JobStore jobs) {
    this(catalog, hosts, jobs, Clusters.NONE);
  }

  public SettleResources(CatalogStore catalog, HostStore hosts, JobStore jobs, Clusters clusters) {
    this.catalog = catalog;
    this.clusters = clusters;
    this.hosts = hosts;
    this.jobs = jobs;
    this.attachments = new Attachments(catalog);
  }

  /**
   * CREATING and UPDATING become VALID once the environment has its cluster, INVALID when it cannot
   * have one; DELETING goes with its cluster when no host is left and none is being launched. Call
   * it again from the capacity round, which drains and terminates the hosts of an environment in
   * DELETING.
   *
   * @return true when nothing is left to do: it has a lasting status or is gone
   */
  public boolean settleEnvironment(String name) {
    Optional<ComputeEnvironment> settled =
        Swap.of(() -> catalog.environment(name), this::settled, catalog::saveEnvironment);
    if (settled.isEmpty() || settled.get().status() != ResourceStatus.DELETING) {
      return true;
    }
    boolean empty = hosts.hosts(name).isEmpty() && hosts.fleet(name).intents().isEmpty();
    return empty
        && clusters.delete(name)
        && catalog.removeEnvironment(name, settled.get().version());
  }

  /**
   * Marks an environment that can launch nothing as it is configured; an update mends it.
   *
   * @param tried as it was when that was found; of another version nothing is known
   */
  public void invalidate(ComputeEnvironment tried, String fault) {
    if (tried.status() == ResourceStatus.VALID) {
      catalog.saveEnvironment(tried.next(ResourceStatus.INVALID, "CLIENT_ERROR - " + fault));
    }
  }

  private ComputeEnvironment settled(ComputeEnvironment environment) {
    if (environment.status() != ResourceStatus.CREATING
        && environment.status() != ResourceStatus.UPDATING) {
      return environment;
    }
    String problem = clusters.create(environment.name());
    return problem.isEmpty()
        ? environment.next(ResourceStatus.VALID, "ComputeEnvironment Healthy")
        : environment.next(ResourceStatus.INVALID, "CLIENT_ERROR - " + problem);
  }

  /**
   * CREATING and UPDATING become VALID once the queue's environments and policy are claimed;
   * DELETING goes when no open job is left in its lanes. The lanes lag: whoever ends the queue's
   * jobs calls this only after it found none itself.
   *
   * <p>What cannot be claimed was never acknowledged to anyone: its writer died on the way, or is
   * about to take it back itself. Then a new queue goes to DELETING, and an updated one loses the
   * environments that are gone and is INVALID when nothing usable is left.
   *
   * @return true when nothing is left to do: it has a lasting status or is gone
   */
  public boolean settleQueue(String name) {
    Optional<JobQueue> settled =
        Swap.of(() -> catalog.queue(name), this::settled, catalog::saveQueue);
    if (settled.isEmpty() || settled.get().status() != ResourceStatus.DELETING) {
      return true;
    }
    for (LaneKey lane : openLanes(name)) {
      if (!jobs.line(lane, null, false, 1).isEmpty()) {
        return false;
      }
    }
    return catalog.removeQueue(name, settled.get().version());
  }

  /** True while the jobs of this queue are to end because it is being deleted. */
  public boolean isDeleting(String queue) {
    return catalog.queue(queue).filter(it -> it.status() == ResourceStatus.DELETING).isPresent();
  }

  /** Every part of a queue's lanes with jobs that are not over. */
  public List<LaneKey> openLanes(String queue) {
    return Lanes.of(catalog, queue, OPEN_LANES);
  }

  private JobQueue settled(JobQueue queue) {
    if (queue.status() != ResourceStatus.CREATING && queue.status() != ResourceStatus.UPDATING) {
      return queue;
    }
    List<String> lost = attachments.claim(queue.environments());
    boolean policyLost = !attachments.claimPolicy(queue.schedulingPolicy());
    if (queue.status() == ResourceStatus.CREATING && (policyLost || !lost.isEmpty())) {
      return queue.next(ResourceStatus.DELETING, "");
    }
    JobQueue left = without(queue, lost);
    if (policyLost || left.environments().isEmpty()) {
      return left.next(
          ResourceStatus.INVALID,
          "CLIENT_ERROR - A compute environment or scheduling policy of this queue was deleted"
              + " while the queue was updated; update the queue again.");
    }
    return left.next(ResourceStatus.VALID, "JobQueue Healthy");
  }

  private static JobQueue without(JobQueue queue, List<String> lost) {
    List<String> environments = new ArrayList<>();
    List<Integer> orders = new ArrayList<>();
    for (int i = 0; i < queue.environments().size(); i++) {
      if (!lost.contains(queue.environments().get(i))) {
        environments.add(queue.environments().get(i));
        orders.add(queue.orders().get(i));
      }
    }
    return new JobQueue(
        queue.name(),
        queue.enabled(),
        queue.status(),
        queue.statusReason(),
        queue.priority(),
        environments,
        orders,
        queue.schedulingPolicy(),
        queue.timeLimits(),
        queue.tags(),
        queue.createdAt(),
        queue.version());
  }
}
