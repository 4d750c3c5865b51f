package dev.longshore.simulator.memory;

import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The catalog in memory. */
public final class MemoryCatalogStore implements CatalogStore {
  /** By name, then newest first. */
  private static final Comparator<DefinitionId> LISTED =
      Comparator.comparing(DefinitionId::name)
          .thenComparing(DefinitionId::revision, Comparator.reverseOrder());

  private final Consumer<Change> changes;
  private final TreeMap<String, JobQueue> queues = new TreeMap<>();
  private final TreeMap<String, ComputeEnvironment> environments = new TreeMap<>();
  private final TreeMap<String, SchedulingPolicy> policies = new TreeMap<>();
  private final TreeMap<DefinitionId, JobDefinition> definitions = new TreeMap<>(LISTED);
  private final Map<String, Holds> holds = new HashMap<>();
  private final MemoryConsumables consumables;
  private final Watcher watcher;
  private final Map<String, ShareBook> shares = new HashMap<>();
  private final Map<List<?>, LineSearch> searches = new HashMap<>();

  /** An empty catalog; {@code changes} takes each changed queue and environment. */
  public MemoryCatalogStore(Consumer<Change> changes) {
    this(changes, Watcher.NONE);
  }

  /** Like the other one; {@code watcher} sees each stored consumable resource. */
  public MemoryCatalogStore(Consumer<Change> changes, Watcher watcher) {
    this.changes = changes;
    this.watcher = watcher;
    this.consumables = new MemoryConsumables(watcher);
  }

  @Override
  public Optional<JobQueue> queue(String name) {
    return Optional.ofNullable(queues.get(name));
  }

  @Override
  public List<JobQueue> queues() {
    return List.copyOf(queues.values());
  }

  @Override
  public boolean createQueue(JobQueue queue) {
    String name = queue.name();
    boolean created = queues.putIfAbsent(name, queue) == null;
    if (created) {
      Holds before = holds(name);
      Holds emptied = new Holds(name, List.of(), before.version() + 1);
      if (before.version() > 0) {
        watcher.holdsStored(before, emptied);
      }
      holds.put(name, emptied);
      shares.put(name, new ShareBook(name, List.of(), 0, shares(name).version() + 1));
    }
    return told(created, new Change.QueueChanged(name));
  }

  @Override
  public boolean saveQueue(JobQueue after) {
    JobQueue before = queues.get(after.name());
    if (before == null || before.version() != after.version() - 1) {
      return false;
    }
    queues.put(after.name(), after);
    return told(true, new Change.QueueChanged(after.name()));
  }

  @Override
  public boolean removeQueue(String name, long version) {
    JobQueue before = queues.get(name);
    if (before == null || before.version() != version) {
      return false;
    }
    queues.remove(name);
    return true;
  }

  @Override
  public Optional<ComputeEnvironment> environment(String name) {
    return Optional.ofNullable(environments.get(name));
  }

  @Override
  public List<ComputeEnvironment> environments() {
    return List.copyOf(environments.values());
  }

  @Override
  public boolean createEnvironment(ComputeEnvironment environment) {
    boolean created = environments.putIfAbsent(environment.name(), environment) == null;
    if (created) {
      watcher.environmentStored(environment);
    }
    return told(created, new Change.EnvironmentChanged(environment.name()));
  }

  @Override
  public boolean saveEnvironment(ComputeEnvironment after) {
    ComputeEnvironment before = environments.get(after.name());
    if (before == null || before.version() != after.version() - 1) {
      return false;
    }
    watcher.environmentStored(after);
    environments.put(after.name(), after);
    return told(true, new Change.EnvironmentChanged(after.name()));
  }

  @Override
  public boolean removeEnvironment(String name, long version) {
    ComputeEnvironment before = environments.get(name);
    if (before == null || before.version() != version) {
      return false;
    }
    watcher.environmentRemoved(name);
    environments.remove(name);
    return true;
  }

  @Override
  public Optional<JobDefinition> definition(DefinitionId id) {
    return Optional.ofNullable(definitions.get(id));
  }

  @Override
  public Optional<JobDefinition> newestActive(String name) {
    return revisions(name).stream().filter(JobDefinition::active).findFirst();
  }

  @Override
  public int lastRevision(String name) {
    return revisions(name).stream().mapToInt(found -> found.id().revision()).max().orElse(0);
  }

  @Override
  public List<JobDefinition> revisions(String name) {
    return List.copyOf(
        definitions
            .subMap(
                new DefinitionId(name, Integer.MAX_VALUE), true, new DefinitionId(name, 0), true)
            .values());
  }

  @Override
  public List<JobDefinition> definitions(@Nullable DefinitionId after, int limit) {
    NavigableMap<DefinitionId, JobDefinition> rest =
        after == null ? definitions : definitions.tailMap(after, false);
    return rest.values().stream().limit(limit).toList();
  }

  @Override
  public boolean createDefinition(JobDefinition definition) {
    return definitions.putIfAbsent(definition.id(), definition) == null;
  }

  @Override
  public boolean saveDefinition(JobDefinition after) {
    JobDefinition before = definitions.get(after.id());
    if (before == null || before.version() != after.version() - 1) {
      return false;
    }
    definitions.put(after.id(), after);
    return true;
  }

  @Override
  public Optional<SchedulingPolicy> policy(String name) {
    return Optional.ofNullable(policies.get(name));
  }

  @Override
  public List<SchedulingPolicy> policies() {
    return List.copyOf(policies.values());
  }

  @Override
  public boolean createPolicy(SchedulingPolicy policy) {
    return policies.putIfAbsent(policy.name(), policy) == null;
  }

  @Override
  public boolean savePolicy(SchedulingPolicy after) {
    SchedulingPolicy before = policies.get(after.name());
    if (before == null || before.version() != after.version() - 1) {
      return false;
    }
    policies.put(after.name(), after);
    return true;
  }

  @Override
  public boolean removePolicy(String name, long version) {
    SchedulingPolicy before = policies.get(name);
    return before != null && before.version() == version && policies.remove(name) != null;
  }

  @Override
  public Holds holds(String queue) {
    return holds.getOrDefault(queue, Holds.none(queue));
  }

  @Override
  public boolean saveHolds(Holds after) {
    if (holds(after.queue()).version() != after.version() - 1) {
      return false;
    }
    watcher.holdsStored(holds(after.queue()), after);
    holds.put(after.queue(), after);
    return true;
  }

  @Override
  public ShareBook shares(String queue) {
    return shares.getOrDefault(queue, ShareBook.none(queue));
  }

  @Override
  public boolean saveShares(ShareBook after) {
    if (shares(after.queue()).version() != after.version() - 1) {
      return false;
    }
    shares.put(after.queue(), after);
    return true;
  }

  @Override
  public LineSearch search(String queue, LineSearch.Reader reader) {
    return searches.getOrDefault(List.of(queue, reader), LineSearch.none(queue, reader));
  }

  @Override
  public void saveSearch(LineSearch search) {
    searches.put(List.of(search.queue(), search.reader()), search);
  }

  private boolean told(boolean changed, Change change) {
    if (changed) {
      changes.accept(change);
    }
    return changed;
  }

  @Override
  public Optional<ConsumableResource> consumable(String name) {
    return consumables.consumable(name);
  }

  @Override
  public List<ConsumableResource> consumables() {
    return consumables.consumables();
  }

  @Override
  public boolean createConsumable(ConsumableResource resource) {
    return consumables.createConsumable(resource);
  }

  @Override
  public boolean saveConsumable(ConsumableResource after) {
    return consumables.saveConsumable(after);
  }

  @Override
  public boolean removeConsumable(String name, long version) {
    return consumables.removeConsumable(name, version);
  }

  @Override
  public boolean claim(String name, long version, Set<Claim> added) {
    return consumables.claim(name, version, added);
  }

  @Override
  public void giveBack(String name, Set<Claim> over) {
    consumables.giveBack(name, over);
  }

  @Override
  public boolean useUp(String name, long version, Set<Claim> over, long total) {
    return consumables.useUp(name, version, over, total);
  }
}
