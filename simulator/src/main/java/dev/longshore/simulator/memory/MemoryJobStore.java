package dev.longshore.simulator.memory;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.JobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in memory. Reads of jobs, pages and edges are consistent; the index lags as it is told. Each
 * stored change that handlers must see goes to the change log, as the table's stream would tell it.
 */
public final class MemoryJobStore implements JobStore {
  private final InstantSource clock;
  private final Duration retention;
  private final Consumer<Change> changes;
  private final Watcher watcher;
  private final LaggingIndex index;
  private final Map<JobId, Family> families = new HashMap<>();

  /** All that is stored under one job ID. */
  private static final class Family {
    private @Nullable Job whole;
    private @Nullable JobDocument document;
    private long expiresAt = Long.MAX_VALUE;
    private final TreeMap<Integer, Job> children = new TreeMap<>();
    private final TreeMap<Integer, ArrayPage> pages = new TreeMap<>();
    private final NavigableSet<JobId> edges = new TreeSet<>(Comparator.comparing(JobId::toString));
    private final NavigableSet<JobId> pairs = new TreeSet<>(Comparator.comparing(JobId::toString));
  }

  /**
   * An empty store.
   *
   * @param clock decides what has expired and what the index shows
   * @param retention how long ended jobs stay
   * @param lagMillis drawn once for each change of the index
   * @param changes takes each change in the order in which it was stored
   * @param watcher sees each stored job and page
   */
  public MemoryJobStore(
      InstantSource clock,
      Duration retention,
      LongSupplier lagMillis,
      Consumer<Change> changes,
      Watcher watcher) {
    this.clock = clock;
    this.retention = retention;
    this.changes = changes;
    this.watcher = watcher;
    this.index = new LaggingIndex(clock, lagMillis);
  }

  @Override
  public Optional<Job> find(JobKey key) {
    Family family = seen(key.job());
    if (family == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(key.isWhole() ? family.whole : family.children.get(key.index()));
  }

  @Override
  public Map<JobKey, Job> findAll(Collection<JobKey> keys) {
    Map<JobKey, Job> found = new TreeMap<>();
    for (JobKey key : keys) {
      find(key).ifPresent(job -> found.put(key, job));
    }
    return found;
  }

  @Override
  public boolean create(Job job, JobDocument document) {
    Family family = family(job.key().job());
    if (family.whole != null) {
      return false;
    }
    watcher.jobStored(null, job);
    family.whole = job;
    family.document = document;
    stored(null, job);
    return true;
  }

  @Override
  public Optional<JobDocument> document(JobId job) {
    Family family = seen(job);
    return family == null ? Optional.empty() : Optional.ofNullable(family.document);
  }

  @Override
  public boolean saveTags(JobId job, Map<String, String> tags) {
    Family family = seen(job);
    if (family == null || family.document == null) {
      return false;
    }
    family.document = new JobDocument(family.document.json(), tags);
    return true;
  }

  @Override
  public boolean createChild(Job child) {
    Family family = family(child.key().job());
    if (family.children.containsKey(child.key().index())) {
      return false;
    }
    watcher.jobStored(null, child);
    family.children.put(child.key().index(), child);
    stored(null, child);
    return true;
  }

  @Override
  public boolean save(Job after) {
    Family family = families.get(after.key().job());
    boolean whole = after.key().isWhole();
    Job before =
        family == null ? null : whole ? family.whole : family.children.get(after.key().index());
    if (family == null || before == null || before.version() != after.version() - 1) {
      return false;
    }
    watcher.jobStored(before, after);
    if (whole) {
      family.whole = after;
      if (after.state() instanceof JobState.Ended ended) {
        family.expiresAt = ended.stoppedAt() + retention.toMillis();
      }
    } else {
      family.children.put(after.key().index(), after);
    }
    stored(before, after);
    return true;
  }

  private void stored(@Nullable Job before, Job after) {
    boolean laneChanged = before == null || Lane.of(before.state()) != Lane.of(after.state());
    if (after.key().isWhole() && laneChanged) {
      index.put(after.spec().queue(), LineEntry.of(after));
    }
    if (mustBeTold(after)) {
      changes.accept(new Change.JobChanged(after.key()));
    }
  }

  /**
   * Nothing follows from a start that nobody wants to stop, so the stream leaves it out; but once
   * the main node of a multi-node job runs, the others follow.
   */
  private static boolean mustBeTold(Job after) {
    boolean nodesFollow = after.isMultiNodeParent() && after.state() instanceof JobState.Running;
    return after.stop() != null || after.dispatch().isEmpty() || nodesFollow;
  }

  @Override
  public List<Job> children(JobId parent, int first, int limit) {
    Family family = seen(parent);
    return family == null
        ? List.of()
        : family.children.tailMap(first, true).values().stream()
            .filter(child -> child.key().member() == Member.CHILD)
            .limit(limit)
            .toList();
  }

  @Override
  public Map<Integer, ArrayPage> pages(JobId parent) {
    Family family = families.get(parent);
    return family == null ? Map.of() : new TreeMap<>(family.pages);
  }

  @Override
  public Optional<ArrayPage> page(JobId parent, int number) {
    Family family = families.get(parent);
    return family == null ? Optional.empty() : Optional.ofNullable(family.pages.get(number));
  }

  @Override
  public boolean savePage(ArrayPage after, Job parent) {
    return find(parent.key()).filter(now -> now.version() == parent.version()).isPresent()
        && savePage(after);
  }

  @Override
  public boolean savePage(ArrayPage after) {
    Family family = family(after.job());
    ArrayPage before = family.pages.get(after.number());
    if ((before == null ? 0 : before.version()) != after.version() - 1) {
      return false;
    }
    watcher.pageStored(before, after);
    family.pages.put(after.number(), after);
    changes.accept(new Change.PageChanged(after.job(), after.number()));
    return true;
  }

  @Override
  public void addEdge(JobId target, JobId dependent, long now) {
    family(target).edges.add(dependent);
  }

  @Override
  public List<JobId> edges(JobId target, @Nullable JobId after, int limit) {
    Family family = families.get(target);
    return family == null ? List.of() : behind(family.edges, after, limit);
  }

  @Override
  public void addPair(JobId target, JobId dependent, long now) {
    family(target).pairs.add(dependent);
  }

  @Override
  public List<JobId> pairs(JobId target, @Nullable JobId after, int limit) {
    Family family = families.get(target);
    return family == null ? List.of() : behind(family.pairs, after, limit);
  }

  private static List<JobId> behind(NavigableSet<JobId> all, @Nullable JobId after, int limit) {
    return (after == null ? all : all.tailSet(after, false)).stream().limit(limit).toList();
  }

  @Override
  public List<LineEntry> line(
      LaneKey lane, @Nullable Position after, boolean newestFirst, int limit) {
    return index.line(lane, after, newestFirst, limit);
  }

  @Override
  public int purge(long now) {
    int before = families.size();
    families
        .values()
        .removeIf(family -> {
          boolean over = family.whole != null && family.expiresAt <= now;
          if (over && family.whole != null) {
            index.remove(LineEntry.of(family.whole));
          }
          return over;
        });
    return before - families.size();
  }

  @Override
  public void applied(Job before, JobEvent event, Step step) {
    watcher.applied(before, event, step);
  }

  /** Every single job and array parent that is stored, by ID; for checks, not for handlers. */
  public List<Job> wholes() {
    return families.values().stream()
        .flatMap(family -> Optional.ofNullable(family.whole).stream())
        .sorted(Comparator.comparing(Job::key))
        .toList();
  }

  /** What is stored under this ID, unless its retention is over. */
  private @Nullable Family seen(JobId id) {
    Family family = families.get(id);
    return family == null || family.expiresAt <= clock.millis() ? null : family;
  }

  private Family family(JobId id) {
    return families.computeIfAbsent(id, _ -> new Family());
  }
}
