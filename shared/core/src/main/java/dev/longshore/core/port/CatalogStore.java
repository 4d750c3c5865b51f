package dev.longshore.core.port;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.model.ShareBook;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Queues, compute environments, job definitions, scheduling policies and consumable resources. All
 * reads are consistent, listings included ({@code batch-semantics} 1.8). {@code create…} answers
 * false when the name is taken, {@code save…} when the stored version is no longer one less than
 * the given one, {@code remove…} when it is no longer the given one: a name may be in use again for
 * something new.
 */
public interface CatalogStore extends ConsumableStore {

  Optional<JobQueue> queue(String name);

  /** All queues, by name. */
  List<JobQueue> queues();

  /**
   * Creates it without shares and reasons to wait. What a deleted queue of this name left of them
   * goes in the same moment, and their versions grow, so that a round of that one, however late,
   * saves nothing over those of the new one.
   */
  boolean createQueue(JobQueue queue);

  boolean saveQueue(JobQueue after);

  boolean removeQueue(String name, long version);

  Optional<ComputeEnvironment> environment(String name);

  /** All environments, by name. */
  List<ComputeEnvironment> environments();

  boolean createEnvironment(ComputeEnvironment environment);

  boolean saveEnvironment(ComputeEnvironment after);

  boolean removeEnvironment(String name, long version);

  Optional<JobDefinition> definition(DefinitionId id);

  /** The highest active revision; empty when there is none. */
  Optional<JobDefinition> newestActive(String name);

  /** The highest number a revision of this name ever had, 0 when there was none. */
  int lastRevision(String name);

  /** All revisions of a name, newest first. */
  List<JobDefinition> revisions(String name);

  /**
   * Revisions of all names: by name, then newest first.
   *
   * @param after the last one of the page before, or null
   */
  List<JobDefinition> definitions(@Nullable DefinitionId after, int limit);

  boolean createDefinition(JobDefinition definition);

  boolean saveDefinition(JobDefinition after);

  Optional<SchedulingPolicy> policy(String name);

  /** All scheduling policies, by name. */
  List<SchedulingPolicy> policies();

  boolean createPolicy(SchedulingPolicy policy);

  boolean savePolicy(SchedulingPolicy after);

  boolean removePolicy(String name, long version);

  /** Why jobs of this queue wait; {@link Holds#none} when nothing is stored. */
  Holds holds(String queue);

  /** Stores them if the stored version is one less. */
  boolean saveHolds(Holds after);

  /** The shares of this queue; {@link ShareBook#none} when nothing is stored. */
  ShareBook shares(String queue);

  /** Stores them if the stored version is one less. */
  boolean saveShares(ShareBook after);

  /** How far rounds have looked in this queue; {@link LineSearch#none} when nothing is stored. */
  LineSearch search(String queue, LineSearch.Reader reader);

  /** Stores it over any other: a hint. */
  void saveSearch(LineSearch search);
}
