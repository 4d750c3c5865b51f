package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.port.JobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs in the table. */
public final class DynamoJobStore implements JobStore {
  private static final int MAX_PAGES = 10;
  private static final int LAST_CHILD = 99_999;

  private final Table table;
  private final InstantSource clock;
  private final JobCodec codec;
  private final Documents documents;
  private final Purge purge;
  private final SpecCache specs = new SpecCache();

  /**
   * The jobs of one table.
   *
   * @param table the table
   * @param clock decides what has expired
   * @param retention how long ended jobs are kept, from their end
   */
  public DynamoJobStore(Table table, InstantSource clock, Duration retention) {
    this.table = table;
    this.clock = clock;
    this.codec = new JobCodec(retention);
    this.documents = new Documents(table, codec);
    this.purge = new Purge(table);
  }

  @Override
  public Optional<Job> find(JobKey key) {
    Map<ItemKey, Item> items = new HashMap<>();
    table.get(ItemKey.job(key)).ifPresent(item -> items.put(ItemKey.job(key), item));
    return Optional.ofNullable(readAll(List.of(key), items).get(key));
  }

  @Override
  public Map<JobKey, Job> findAll(Collection<JobKey> keys) {
    return readAll(keys, table.getAll(keys.stream().map(ItemKey::job).toList()));
  }

  private Map<JobKey, Job> readAll(Collection<JobKey> keys, Map<ItemKey, Item> items) {
    items.putAll(table.getAll(parentsToRead(keys, items)));
    Map<JobKey, Job> found = new HashMap<>();
    for (JobKey key : keys) {
      Item item = items.get(ItemKey.job(key));
      Job job = item == null ? null : read(key, item, items);
      if (job != null) {
        found.put(key, job);
      }
    }
    return found;
  }

  /** Parents of those children of which the spec or the expiry is not known without them. */
  private Set<ItemKey> parentsToRead(Collection<JobKey> keys, Map<ItemKey, Item> items) {
    Set<ItemKey> parents = new HashSet<>();
    for (JobKey key : keys) {
      Item item = items.get(ItemKey.job(key));
      ItemKey parent = ItemKey.job(JobKey.whole(key.job()));
      if (item != null && !items.containsKey(parent)) {
        JobSpec spec = specs.get(key.job());
        if (spec == null || codec.mayBeExpired(codec.readMember(key, spec, item), clock.millis())) {
          parents.add(parent);
        }
      }
    }
    return parents;
  }

  private @Nullable Job read(JobKey key, Item item, Map<ItemKey, Item> items) {
    if (key.isWhole()) {
      return codec.isExpired(item, clock.millis()) ? null : codec.readWhole(key, item);
    }
    Item parent = items.get(ItemKey.job(JobKey.whole(key.job())));
    if (parent != null) {
      return codec.isExpired(parent, clock.millis())
          ? null
          : codec.readMember(key, remember(key.job(), parent), item);
    }
    JobSpec spec = specs.get(key.job());
    if (spec == null) {
      return null;
    }
    Job job = codec.readMember(key, spec, item);
    return codec.mayBeExpired(job, clock.millis()) ? null : job;
  }

  private JobSpec remember(JobId parent, Item whole) {
    JobSpec spec = SpecCodec.read(whole);
    specs.put(parent, spec);
    return spec;
  }

  private Optional<Item> whole(JobId job) {
    return table
        .get(ItemKey.job(JobKey.whole(job)))
        .filter(item -> !codec.isExpired(item, clock.millis()));
  }

  @Override
  public boolean create(Job job, JobDocument document) {
    Item item = codec.writeWhole(job);
    documents.store(job.key().job(), document, job.spec().createdAt(), item);
    return table.put(WriteKind.JOB_CREATED, item, Guard.ABSENT);
  }

  @Override
  public Optional<JobDocument> document(JobId job) {
    return whole(job).flatMap(item -> documents.read(job, item));
  }

  @Override
  public Map<JobId, JobDocument> documents(Collection<JobId> ids) {
    Map<ItemKey, Item> items =
        table.getAll(ids.stream().map(JobKey::whole).map(ItemKey::job).toList());
    Map<JobId, Item> wholes = new HashMap<>();
    for (JobId id : ids) {
      Item item = items.get(ItemKey.job(JobKey.whole(id)));
      if (item != null && !codec.isExpired(item, clock.millis())) {
        wholes.put(id, item);
      }
    }
    return documents.readAll(wholes);
  }

  @Override
  public boolean saveTags(JobId job, Map<String, String> tags) {
    Optional<Item> whole = whole(job);
    whole.ifPresent(item -> documents.saveTags(job, tags, item, clock.millis()));
    return whole.isPresent();
  }

  @Override
  public boolean createChild(Job child) {
    return table.put(WriteKind.CHILD_CREATED, codec.writeMember(child), Guard.ABSENT);
  }

  @Override
  public boolean save(Job after) {
    Guard guard = Guard.version(after.version() - 1);
    if (!after.key().isWhole()) {
      return table.put(WriteKind.CHILD_SAVED, codec.writeMember(after), guard);
    }
    if (after.isArrayParent() && after.state() instanceof JobState.Ended ended) {
      expirePages(after.key().job(), ended.stoppedAt());
    }
    return table.update(
        WriteKind.JOB_SAVED, ItemKey.job(after.key()), codec.toWhole(after), guard, 1);
  }

  /**
   * Before the parent's end, so that no crash leaves pages behind for ever; the margin keeps them
   * while that end is written after all.
   */
  private void expirePages(JobId parent, long endedAt) {
    Item expiry = new Item().put(Attr.EXPIRY, codec.lateExpiry(endedAt));
    for (int number : pages(parent).keySet()) {
      table.update(
          WriteKind.PAGE_EXPIRY,
          ItemKey.page(parent, number),
          Update.to(expiry, List.of()),
          Guard.PRESENT,
          1);
    }
  }

  @Override
  public List<Job> children(JobId parent, int first, int limit) {
    Optional<Item> whole = whole(parent);
    if (whole.isEmpty()) {
      return List.of();
    }
    JobSpec spec = remember(parent, whole.get());
    Range range =
        Range.between(
            ItemKey.partition(parent), ItemKey.childSort(first), ItemKey.childSort(LAST_CHILD));
    return table.query(range, limit).stream()
        .map(item -> codec.readMember(JobKey.child(parent, childIndex(item)), spec, item))
        .toList();
  }

  private static int childIndex(Item item) {
    return Integer.parseInt(item.text(Attr.SORT).substring(ItemKey.CHILD.length()));
  }

  @Override
  public Map<Integer, ArrayPage> pages(JobId parent) {
    Map<Integer, ArrayPage> pages = new HashMap<>();
    Range range = Range.prefix(ItemKey.partition(parent), ItemKey.PAGE);
    for (Item item : table.query(range, MAX_PAGES)) {
      int number = PageCodec.number(item);
      pages.put(number, PageCodec.read(parent, number, item));
    }
    return pages;
  }

  @Override
  public Optional<ArrayPage> page(JobId parent, int number) {
    return table
        .get(ItemKey.page(parent, number))
        .map(item -> PageCodec.read(parent, number, item));
  }

  @Override
  public boolean savePage(ArrayPage after) {
    return table.replace(
        WriteKind.PAGE,
        PageCodec.write(after),
        Guard.before(after.version()),
        before -> PageCodec.changes(after, before));
  }

  @Override
  public boolean savePage(ArrayPage after, Job parent) {
    return table.replaceWhile(
        WriteKind.PAGE,
        PageCodec.write(after),
        Guard.before(after.version()),
        ItemKey.job(parent.key()),
        Guard.version(parent.version()));
  }

  @Override
  public void addEdge(JobId target, JobId dependent, long now) {
    addEdge(ItemKey.edge(target, dependent), now);
  }

  @Override
  public List<JobId> edges(JobId target, @Nullable JobId after, int limit) {
    return dependents(
        target, ItemKey.EDGE, after == null ? null : ItemKey.edge(target, after), limit);
  }

  @Override
  public void addPair(JobId target, JobId dependent, long now) {
    addEdge(ItemKey.pair(target, dependent), now);
  }

  @Override
  public List<JobId> pairs(JobId target, @Nullable JobId after, int limit) {
    return dependents(
        target, ItemKey.PAIR, after == null ? null : ItemKey.pair(target, after), limit);
  }

  private void addEdge(ItemKey edge, long now) {
    table.put(WriteKind.EDGE, edge.item().put(Attr.EXPIRY, codec.lateExpiry(now)));
  }

  private List<JobId> dependents(JobId target, String prefix, @Nullable ItemKey after, int limit) {
    Range all = Range.prefix(ItemKey.partition(target), prefix);
    return table.query(after == null ? all : all.behind(after), limit).stream()
        .map(item -> JobId.of(item.text(Attr.SORT).substring(prefix.length())))
        .toList();
  }

  @Override
  public List<LineEntry> line(
      LaneKey lane, @Nullable Position after, boolean newestFirst, int limit) {
    Range range =
        Range.line(
            SpecCodec.lane(lane),
            after == null ? Map.of() : SpecCodec.entryKeys(lane, after),
            !newestFirst);
    List<LineEntry> entries = new ArrayList<>();
    for (Item item : table.query(range, limit)) {
      entries.add(SpecCodec.readEntry(item, lane.lane()));
    }
    return entries;
  }

  @Override
  public int purge(long now) {
    return purge.run(now);
  }
}
