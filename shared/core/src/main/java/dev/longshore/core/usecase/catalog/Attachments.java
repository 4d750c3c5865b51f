package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.port.CatalogStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps queues and what they refer to together without transactions.
 *
 * <p>Who attaches, first writes the queue, then claims each environment (and the policy): a write
 * that changes nothing but its version, refused when it is gone or DELETING. Who deletes an
 * environment, first reads it, then all queues, then writes DELETING for the version it read. Hence
 * either the claim came before that read, and then the queue was written before it too and is seen;
 * or the claim came between, and the deletion meets another version and starts again; or the
 * deletion was written first, and the claim is refused and the queue taken back. DELETING is never
 * undone. A queue whose writer died before it claimed is CREATING or UPDATING; {@link
 * SettleResources} claims in its place before the queue becomes VALID.
 */
final class Attachments {
  private final CatalogStore catalog;

  Attachments(CatalogStore catalog) {
    this.catalog = catalog;
  }

  /** Claims these environments; names those that are not there to be claimed. */
  List<String> claim(List<String> environments) {
    List<String> lost = new ArrayList<>();
    for (String name : environments) {
      boolean claimed =
          Swap.of(() -> catalog.environment(name), Attachments::claimed, catalog::saveEnvironment)
              .filter(found -> found.status() != ResourceStatus.DELETING)
              .isPresent();
      if (!claimed) {
        lost.add(name);
      }
    }
    return lost;
  }

  /** Claims a policy; true for none. */
  boolean claimPolicy(@Nullable String policy) {
    return policy == null
        || Swap.of(
                () -> catalog.policy(policy),
                (SchedulingPolicy found) -> found.changed(found.fairShare(), found.document()),
                catalog::savePolicy)
            .isPresent();
  }

  /** True when some queue, in whatever status, refers to the environment. */
  boolean inUse(String environment) {
    return catalog.queues().stream().anyMatch(q -> q.environments().contains(environment));
  }

  /** True when some queue refers to the policy. */
  boolean policyInUse(String policy) {
    return catalog.queues().stream().map(JobQueue::schedulingPolicy).anyMatch(policy::equals);
  }

  private static ComputeEnvironment claimed(ComputeEnvironment found) {
    return found.status() == ResourceStatus.DELETING
        ? found
        : found.next(found.status(), found.statusReason());
  }
}
