package dev.longshore.wire.catalog;

import dev.longshore.core.usecase.catalog.Definitions;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.usecase.catalog.Policies;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.ResourceTags;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.wire.http.Operations;

/** All operations on queues, environments, definitions, policies and tags. */
public final class CatalogOperations {
  private CatalogOperations() {}

  /**
   * Served by these use cases.
   *
   * @param roles those that definitions may have
   */
  public static Operations of(
      Environments environments,
      Queues queues,
      Definitions definitions,
      Policies policies,
      ResourceTags tags,
      JobRoles roles) {
    return new EnvironmentOperations(environments)
        .operations()
        .and(new QueueOperations(queues).operations())
        .and(new DefinitionOperations(definitions, roles).operations())
        .and(new PolicyOperations(policies).operations())
        .and(new TagOperations(tags).operations());
  }
}
