package dev.longshore.aws.dynamodb;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalog in the table: one partition for each kind, so that listing it is consistent. */
public final class DynamoCatalogStore implements CatalogStore {
  private static final int ALL = Integer.MAX_VALUE;

  /** Documents are up to 24 KB, so a search for an active revision goes in small steps. */
  private static final int STEP = 20;

  private final Table table;
  private final DynamoConsumables consumables;

  /** The catalog of one table. */
  public DynamoCatalogStore(Table table) {
    this.table = table;
    this.consumables = new DynamoConsumables(table);
  }

  @Override
  public Optional<JobQueue> queue(String name) {
    return table.get(ItemKey.queue(name)).map(CatalogCodec::readQueue);
  }

  @Override
  public List<JobQueue> queues() {
    return table.query(Range.partition(ItemKey.QUEUES), ALL).stream()
        .map(CatalogCodec::readQueue)
        .toList();
  }

  @Override
  public boolean createQueue(JobQueue queue) {
    return table.createAndUpdate(
        WriteKind.QUEUE,
        CatalogCodec.write(queue),
        Map.of(
            ItemKey.holds(queue.name()), CatalogCodec.HOLDS_EMPTIED,
            ItemKey.shares(queue.name()), ShareCodec.EMPTIED));
  }

  @Override
  public boolean saveQueue(JobQueue after) {
    return table.put(
        WriteKind.QUEUE, CatalogCodec.write(after), Guard.version(after.version() - 1));
  }

  @Override
  public boolean removeQueue(String name, long version) {
    return table.delete(WriteKind.QUEUE, ItemKey.queue(name), Guard.version(version));
  }

  @Override
  public Optional<ComputeEnvironment> environment(String name) {
    return table.get(ItemKey.environment(name)).map(CatalogCodec::readEnvironment);
  }

  @Override
  public List<ComputeEnvironment> environments() {
    return table.query(Range.partition(ItemKey.ENVIRONMENTS), ALL).stream()
        .map(CatalogCodec::readEnvironment)
        .toList();
  }

  @Override
  public boolean createEnvironment(ComputeEnvironment environment) {
    return table.put(WriteKind.ENVIRONMENT, CatalogCodec.write(environment), Guard.ABSENT);
  }

  @Override
  public boolean saveEnvironment(ComputeEnvironment after) {
    return table.put(
        WriteKind.ENVIRONMENT, CatalogCodec.write(after), Guard.version(after.version() - 1));
  }

  @Override
  public boolean removeEnvironment(String name, long version) {
    return table.delete(WriteKind.ENVIRONMENT, ItemKey.environment(name), Guard.version(version));
  }

  @Override
  public Optional<JobDefinition> definition(DefinitionId id) {
    return table.get(ItemKey.definition(id)).map(CatalogCodec::readDefinition);
  }

  @Override
  public Optional<JobDefinition> newestActive(String name) {
    Range range = Range.prefix(ItemKey.DEFINITIONS, ItemKey.revisionsOf(name));
    List<JobDefinition> some = definitions(range, 1);
    while (!some.isEmpty()) {
      Optional<JobDefinition> active = some.stream().filter(JobDefinition::active).findFirst();
      if (active.isPresent()) {
        return active;
      }
      some = definitions(range.behind(ItemKey.definition(some.getLast().id())), STEP);
    }
    return Optional.empty();
  }

  @Override
  public int lastRevision(String name) {
    Range range = Range.prefix(ItemKey.DEFINITIONS, ItemKey.revisionsOf(name));
    List<JobDefinition> newest = definitions(range, 1);
    return newest.isEmpty() ? 0 : newest.getFirst().id().revision();
  }

  @Override
  public List<JobDefinition> revisions(String name) {
    return definitions(Range.prefix(ItemKey.DEFINITIONS, ItemKey.revisionsOf(name)), ALL);
  }

  @Override
  public List<JobDefinition> definitions(@Nullable DefinitionId after, int limit) {
    Range all = Range.partition(ItemKey.DEFINITIONS);
    return definitions(after == null ? all : all.behind(ItemKey.definition(after)), limit);
  }

  private List<JobDefinition> definitions(Range range, int limit) {
    return table.query(range, limit).stream().map(CatalogCodec::readDefinition).toList();
  }

  @Override
  public boolean createDefinition(JobDefinition definition) {
    return table.put(WriteKind.DEFINITION, CatalogCodec.write(definition), Guard.ABSENT);
  }

  @Override
  public boolean saveDefinition(JobDefinition after) {
    return table.put(
        WriteKind.DEFINITION, CatalogCodec.write(after), Guard.version(after.version() - 1));
  }

  @Override
  public Optional<SchedulingPolicy> policy(String name) {
    return table.get(ItemKey.policy(name)).map(CatalogCodec::readPolicy);
  }

  @Override
  public List<SchedulingPolicy> policies() {
    return table.query(Range.partition(ItemKey.POLICIES), ALL).stream()
        .map(CatalogCodec::readPolicy)
        .toList();
  }

  @Override
  public boolean createPolicy(SchedulingPolicy policy) {
    return table.put(WriteKind.POLICY, CatalogCodec.write(policy), Guard.ABSENT);
  }

  @Override
  public boolean savePolicy(SchedulingPolicy after) {
    return table.put(
        WriteKind.POLICY, CatalogCodec.write(after), Guard.version(after.version() - 1));
  }

  @Override
  public boolean removePolicy(String name, long version) {
    return table.delete(WriteKind.POLICY, ItemKey.policy(name), Guard.version(version));
  }

  @Override
  public Holds holds(String queue) {
    return table
        .get(ItemKey.holds(queue))
        .map(item -> CatalogCodec.readHolds(queue, item))
        .orElse(Holds.none(queue));
  }

  @Override
  public boolean saveHolds(Holds after) {
    return table.put(WriteKind.HOLDS, CatalogCodec.write(after), Guard.before(after.version()));
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

  @Override
  public ShareBook shares(String queue) {
    return table
        .get(ItemKey.shares(queue))
        .map(item -> ShareCodec.read(queue, item))
        .orElse(ShareBook.none(queue));
  }

  @Override
  public boolean saveShares(ShareBook after) {
    return table.put(WriteKind.SHARES, ShareCodec.write(after), Guard.before(after.version()));
  }

  @Override
  public LineSearch search(String queue, LineSearch.Reader reader) {
    return table
        .get(ItemKey.search(queue, reader))
        .map(item -> SearchCodec.read(queue, reader, item))
        .orElse(LineSearch.none(queue, reader));
  }

  @Override
  public void saveSearch(LineSearch search) {
    table.put(WriteKind.SEARCH, SearchCodec.write(search));
  }
}
