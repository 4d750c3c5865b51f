package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Names;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scheduling policies ({@code batch-semantics} 2.12). */
public final class Policies {
  private final CatalogStore catalog;
  private final Attachments attachments;

  public Policies(CatalogStore catalog) {
    this.catalog = catalog;
    this.attachments = new Attachments(catalog);
  }

  /**
   * Stores a policy.
   *
   * @param fairShare its settings, which the wire module has checked
   * @param document the same, as the wire module wrote it
   * @throws ClientFault when the name is taken
   */
  public void create(String name, FairShare fairShare, String document, Map<String, String> tags) {
    Names.check("name", name);
    Tags.check(tags);
    Require.that(
        catalog.policies().size() < Quotas.SCHEDULING_POLICIES,
        "There can be at most %d scheduling policies.".formatted(Quotas.SCHEDULING_POLICIES));
    Require.that(
        catalog.createPolicy(new SchedulingPolicy(name, fairShare, document, tags, 1)),
        "Object already exists");
  }

  /** The policy of this name. */
  public Optional<SchedulingPolicy> find(String name) {
    return catalog.policy(name);
  }

  /** All of them, by name. */
  public List<SchedulingPolicy> all() {
    return catalog.policies();
  }

  /**
   * Replaces its settings; queues follow them from their next round on.
   *
   * @param arn for the message when it does not exist
   */
  public void update(String name, String arn, FairShare fairShare, String document) {
    Swap.required(
        arn + " does not exist",
        () -> catalog.policy(name),
        before -> before.changed(fairShare, document),
        catalog::savePolicy);
  }

  /**
   * Removes it unless a queue uses it. What keeps a queue from taking it at the same moment is told
   * at {@link Attachments}.
   *
   * @param arn for the message when it does not exist
   */
  public void delete(String name, String arn) {
    while (true) {
      SchedulingPolicy policy =
          catalog.policy(name).orElseThrow(() -> new ClientFault(arn + " does not exist"));
      Require.that(
          !attachments.policyInUse(name), "Cannot delete, found existing JobQueue relationship.");
      if (catalog.removePolicy(name, policy.version())) {
        return;
      }
    }
  }
}
