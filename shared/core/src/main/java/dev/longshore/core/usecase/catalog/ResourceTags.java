package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Tags;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Tags of anything that can have some ({@code batch-semantics} 1.6). Of two callers who change the
 * tags of one job at the same time the later one wins; elsewhere both changes are kept.
 */
public final class ResourceTags {
  private final CatalogStore catalog;
  private final JobStore jobs;

  public ResourceTags(CatalogStore catalog, JobStore jobs) {
    this.catalog = catalog;
    this.jobs = jobs;
  }

  /** What can have tags. Children of arrays and nodes of multi-node jobs cannot. */
  public sealed interface Target {
    record Environment(String name) implements Target {}

    record Queue(String name) implements Target {}

    record Definition(DefinitionId id) implements Target {}

    record Policy(String name) implements Target {}

    record Consumable(String name) implements Target {}

    record Job(JobId id) implements Target {}
  }

  /**
   * All tags of a resource.
   *
   * @param arn for the message when it does not exist
   */
  public Map<String, String> list(Target target, String arn) {
    Optional<Map<String, String>> tags =
        switch (target) {
          case Target.Environment(String name) ->
              catalog.environment(name).map(ComputeEnvironment::tags);
          case Target.Queue(String name) -> catalog.queue(name).map(JobQueue::tags);
          case Target.Definition(DefinitionId id) ->
              catalog.definition(id).map(JobDefinition::tags);
          case Target.Policy(String name) -> catalog.policy(name).map(SchedulingPolicy::tags);
          case Target.Consumable(String name) ->
              catalog.consumable(name).map(ConsumableResource::tags);
          case Target.Job(JobId id) -> jobs.document(id).map(JobDocument::tags);
        };
    return tags.orElseThrow(unknown(arn));
  }

  /** Puts tags on a resource; keys not named stay. */
  public void tag(Target target, String arn, Map<String, String> added) {
    change(target, arn, current -> Tags.merged(current, added));
  }

  /** Takes tags off a resource; keys that it lacks are ignored. */
  public void untag(Target target, String arn, Collection<String> keys) {
    change(target, arn, current -> Tags.without(current, keys));
  }

  private void change(Target target, String arn, UnaryOperator<Map<String, String>> change) {
    boolean found =
        switch (target) {
          case Target.Environment(String name) ->
              Swap.of(
                      () -> catalog.environment(name),
                      before -> before.tagged(change.apply(before.tags())),
                      catalog::saveEnvironment)
                  .isPresent();
          case Target.Queue(String name) ->
              Swap.of(
                      () -> catalog.queue(name),
                      before -> before.tagged(change.apply(before.tags())),
                      catalog::saveQueue)
                  .isPresent();
          case Target.Definition(DefinitionId id) ->
              Swap.of(
                      () -> catalog.definition(id),
                      before -> before.tagged(change.apply(before.tags())),
                      catalog::saveDefinition)
                  .isPresent();
          case Target.Policy(String name) ->
              Swap.of(
                      () -> catalog.policy(name),
                      before -> before.tagged(change.apply(before.tags())),
                      catalog::savePolicy)
                  .isPresent();
          case Target.Consumable(String name) ->
              Swap.of(
                      () -> catalog.consumable(name),
                      before -> before.tagged(change.apply(before.tags())),
                      catalog::saveConsumable)
                  .isPresent();
          case Target.Job(JobId id) -> changeJob(id, change);
        };
    if (!found) {
      throw unknown(arn).get();
    }
  }

  private boolean changeJob(JobId id, UnaryOperator<Map<String, String>> change) {
    Optional<JobDocument> document = jobs.document(id);
    return document.isPresent() && jobs.saveTags(id, change.apply(document.get().tags()));
  }

  private static Supplier<ClientFault> unknown(String arn) {
    return () -> new ClientFault("Resource %s does not exist".formatted(arn));
  }
}
