package dev.longshore.wire.catalog;

import dev.longshore.core.usecase.catalog.Definitions;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.usecase.catalog.Policies;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.ResourceTags;
import dev.longshore.wire.http.Operations;

/** All operations on queues, environments, definitions, policies and tags. */
public final class CatalogOperations {
  private CatalogOperations() {}

  /** Served by these use cases. */
  public static Operations of(
      Environments environments,
      Queues queues,
      Definitions definitions,
      Policies policies,
      ResourceTags tags) {
    return new EnvironmentOperations(environments)
        .operations()
        .and(new QueueOperations(queues).operations())
        .and(new DefinitionOperations(definitions).operations())
        .and(new PolicyOperations(policies).operations())
        .and(new TagOperations(tags).operations());
  }
}
