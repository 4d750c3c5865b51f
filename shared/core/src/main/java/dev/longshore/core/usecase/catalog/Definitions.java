package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.Need;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Names;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Job definitions and their revisions ({@code batch-semantics} 2.5 to 2.7). */
public final class Definitions {
  /** How long a deregistered revision is still shown. */
  public static final Duration INACTIVE_KEPT = Duration.ofDays(180);

  private final CatalogStore catalog;
  private final InstantSource clock;

  public Definitions(CatalogStore catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Some revisions and where to go on.
   *
   * @param definitions by name, then newest first
   * @param next the place after which the next page begins, null on the last one
   */
  public record Page(List<JobDefinition> definitions, @Nullable DefinitionId next) {
    public Page {
      definitions = List.copyOf(definitions);
    }
  }

  /**
   * Refuses needs of consumable resources that do not exist.
   *
   * @throws ClientFault when there is one
   */
  public void checkNeeds(List<Need> needs) {
    for (Need need : needs) {
      Require.that(
          catalog.consumable(need.resource()).isPresent(),
          "ConsumableResource " + need.resource() + " does not exist.");
    }
  }

  /**
   * Stores a new revision, always: equal content makes no difference. Of two at the same time one
   * meets a taken number and takes the next.
   *
   * @return the new revision, higher than any before, deregistered ones included
   */
  public DefinitionId register(String name, String document, Map<String, String> tags) {
    Names.check("jobDefinitionName", name);
    Tags.check(tags);
    while (true) {
      DefinitionId id = new DefinitionId(name, catalog.lastRevision(name) + 1);
      if (catalog.createDefinition(
          new JobDefinition(id, true, document, tags, clock.millis(), 0, 1))) {
        return id;
      }
    }
  }

  /** This revision, active or not. */
  public Optional<JobDefinition> find(DefinitionId id) {
    return catalog.definition(id).filter(this::isKept);
  }

  /** The highest active revision of a name. */
  public Optional<JobDefinition> newestActive(String name) {
    return catalog.newestActive(name);
  }

  /**
   * Revisions of one name or of all.
   *
   * @param name null for all
   * @param active true or false for those only, null for both
   * @param after the last one of the page before, or null
   * @param limit at least 1
   */
  public Page list(
      @Nullable String name, @Nullable Boolean active, @Nullable DefinitionId after, int limit) {
    // One more than asked for tells whether there is another page.
    List<JobDefinition> found =
        name == null ? ofAll(active, after, limit + 1) : ofOne(name, active, after, limit + 1);
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    List<JobDefinition> page = found.subList(0, limit);
    return new Page(page, page.getLast().id());
  }

  /**
   * Makes a revision inactive; of an inactive one it is a success.
   *
   * @param arn for the message when it does not exist
   */
  public void deregister(DefinitionId id, String arn) {
    Swap.required(
        "JobDefinition %s not found.".formatted(arn),
        () -> find(id),
        before -> before.active() ? before.deregistered(clock.millis()) : before,
        catalog::saveDefinition);
  }

  private List<JobDefinition> ofOne(
      String name, @Nullable Boolean active, @Nullable DefinitionId after, int limit) {
    return catalog.revisions(name).stream()
        .filter(each -> after == null || each.id().revision() < after.revision())
        .filter(each -> matches(each, active))
        .limit(limit)
        .toList();
  }

  private List<JobDefinition> ofAll(
      @Nullable Boolean active, @Nullable DefinitionId after, int limit) {
    List<JobDefinition> found = new ArrayList<>();
    DefinitionId cursor = after;
    while (true) {
      List<JobDefinition> batch = catalog.definitions(cursor, limit);
      for (JobDefinition each : batch) {
        cursor = each.id();
        if (matches(each, active)) {
          found.add(each);
        }
        if (found.size() == limit) {
          return found;
        }
      }
      if (batch.size() < limit) {
        return found;
      }
    }
  }

  private boolean matches(JobDefinition definition, @Nullable Boolean active) {
    return isKept(definition) && (active == null || active == definition.active());
  }

  private boolean isKept(JobDefinition definition) {
    return definition.active()
        || clock.millis() - definition.deregisteredAt() < INACTIVE_KEPT.toMillis();
  }
}
