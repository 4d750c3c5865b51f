package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.catalog.Lanes;
import dev.longshore.core.validation.ClientFault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lists jobs of a queue or children of an array ({@code batch-semantics} 2.3). */
public final class ListJobs {
  /** No call looks at more entries; its page is then short and says where to go on. */
  private static final int EXAMINED = 2000;

  private static final int PORTION = 100;

  /** With many shares there are many lanes: then less is read of each before any is needed. */
  private static final int FIRST_LOOK = 1000;

  private static final int PORTION_MIN = 5;

  private final JobStore jobs;
  private final CatalogStore catalog;
  private final InstantSource clock;

  public ListJobs(JobStore jobs, CatalogStore catalog, InstantSource clock) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Which jobs of a queue.
   *
   * @param queue name of the queue, which exists
   * @param status only those, or null for all
   * @param matches tested on what the index knows
   * @param createdAfter only jobs created later than this, epoch ms
   * @param createdBefore only jobs created earlier than this, epoch ms
   * @param from go on behind this place, or null
   * @param limit at most this many, at least 1
   */
  public record OfQueue(
      String queue,
      @Nullable JobStatus status,
      Predicate<LineEntry> matches,
      long createdAfter,
      long createdBefore,
      @Nullable Position from,
      int limit) {}

  /**
   * A page.
   *
   * @param jobs newest first, or by index
   * @param next where the next page begins, null on the last one; children: the place is an index
   * @param <P> what a place is
   */
  public record Page<P>(List<JobView> jobs, @Nullable P next) {
    public Page {
      jobs = List.copyOf(jobs);
    }
  }

  /** Single jobs and array parents of a queue, newest first. The index lags behind by moments. */
  public Page<Position> ofQueue(OfQueue query) {
    StatusReasons reasons = new StatusReasons(catalog, clock.millis());
    List<LaneKey> lanes = Lanes.of(catalog, query.queue(), lanesOf(query.status()));
    int atOnce = Math.clamp(FIRST_LOOK / Math.max(1, lanes.size()), PORTION_MIN, PORTION);
    LaneMerge line = new LaneMerge(jobs, lanes, startOf(query), Math.min(query.limit(), atOnce));
    List<JobView> found = new ArrayList<>();
    int examined = 0;
    Position last = query.from();
    while (found.size() < query.limit() && examined < EXAMINED) {
      Map<JobKey, LineEntry> portion = new LinkedHashMap<>();
      int wanted = Math.min(PORTION, query.limit() - found.size());
      while (portion.size() < wanted && examined < EXAMINED) {
        LineEntry entry = line.peek().orElse(null);
        if (entry == null || entry.createdAt() <= query.createdAfter()) {
          break;
        }
        line.take(entry);
        last = entry.position();
        examined++;
        if (query.matches().test(entry)) {
          portion.put(JobKey.whole(entry.job()), entry);
        }
      }
      // The index only hints: what a job is now, its own item says.
      Map<JobKey, Job> now = jobs.findAll(portion.keySet());
      for (JobKey key : portion.keySet()) {
        Job job = now.get(key);
        if (job != null && (query.status() == null || job.status() == query.status())) {
          found.add(reasons.view(job));
        }
      }
      if (isOver(line, query)) {
        return new Page<>(found, null);
      }
    }
    return new Page<>(found, last);
  }

  private static boolean isOver(LaneMerge line, OfQueue query) {
    return line.peek().filter(entry -> entry.createdAt() > query.createdAfter()).isEmpty();
  }

  /** The later of the two places behind which the answer begins. */
  private static @Nullable Position startOf(OfQueue query) {
    if (query.createdBefore() == Long.MAX_VALUE) {
      return query.from();
    }
    // No ID is before this one, so all jobs of that very millisecond are left out.
    Position before = new Position(query.createdBefore(), new JobId(new UUID(0, 0)));
    Position from = query.from();
    return from == null || before.compareTo(from) < 0 ? before : from;
  }

  private static List<Lane> lanesOf(@Nullable JobStatus status) {
    return switch (status) {
      case null -> List.of(Lane.values());
      case SUBMITTED -> List.of();
      case PENDING -> List.of(Lane.PENDING, Lane.OPEN);
      case RUNNABLE -> List.of(Lane.RUNNABLE);
      case STARTING, RUNNING -> List.of(Lane.ACTIVE);
      case SUCCEEDED -> List.of(Lane.SUCCEEDED);
      case FAILED -> List.of(Lane.FAILED);
    };
  }

  /**
   * Children of an array, by index.
   *
   * @param from first index to look at
   * @param limit at most this many, at least 1
   * @throws ClientFault when there is no such array job
   */
  public Page<Integer> ofArray(JobId array, JobStatus status, int from, int limit) {
    Job parent =
        jobs.find(JobKey.whole(array))
            .orElseThrow(() -> new ClientFault("Job " + array + " not found."));
    if (!parent.isArrayParent()) {
      throw new ClientFault("Job " + array + " is not an array job.");
    }
    StatusReasons reasons = new StatusReasons(catalog, clock.millis());
    List<ArrayPage> pages = ArrayFamily.allPages(parent, jobs.pages(array));
    List<JobView> found = new ArrayList<>();
    int size = parent.spec().arraySize();
    int examined = 0;
    int index = from;
    while (index < size && found.size() < limit && examined < EXAMINED) {
      List<Integer> portion = new ArrayList<>();
      int wanted = Math.min(PORTION, limit - found.size());
      for (; index < size && portion.size() < wanted; index++) {
        if (mayBe(pages.get(index / ArrayPage.SIZE).state(index), status)) {
          portion.add(index);
        }
      }
      examined += portion.size();
      for (Job child : children(parent, pages, portion)) {
        if (child.status() == status) {
          found.add(reasons.view(child));
        }
      }
    }
    return new Page<>(found, index < size ? index : null);
  }

  /**
   * Nodes of a multi-node job, by index.
   *
   * @param from first index to look at
   * @param limit at most this many, at least 1
   * @throws ClientFault when there is no such multi-node job
   */
  public Page<Integer> ofNodes(JobId id, JobStatus status, int from, int limit) {
    Job parent =
        jobs.find(JobKey.whole(id)).orElseThrow(() -> new ClientFault("Job " + id + " not found."));
    NodeGroups groups = parent.spec().nodes();
    if (groups == null) {
      throw new ClientFault("Job " + id + " is not a multi-node parallel job.");
    }
    StatusReasons reasons = new StatusReasons(catalog, clock.millis());
    List<JobKey> keys =
        IntStream.range(from, Math.max(from, groups.count()))
            .mapToObj(node -> JobKey.node(id, node))
            .toList();
    Map<JobKey, Job> known = jobs.findAll(keys);
    List<JobView> found = new ArrayList<>();
    for (JobKey key : keys) {
      if (found.size() == limit) {
        return new Page<>(found, key.index());
      }
      Job node = Nodes.of(parent, key.index(), known.get(key));
      if (node.status() == status) {
        found.add(reasons.view(node));
      }
    }
    return new Page<>(found, null);
  }

  /** The page follows a live child with a delay; what is closed or not begun it knows. */
  private static boolean mayBe(ChildState state, JobStatus status) {
    return state.status() == status
        || (state.hasItem() && !state.isClosed() && status != JobStatus.PENDING);
  }

  private List<Job> children(Job parent, List<ArrayPage> pages, List<Integer> indexes) {
    JobId array = parent.key().job();
    Map<JobKey, Job> stored =
        jobs.findAll(
            indexes.stream()
                .filter(index -> pages.get(index / ArrayPage.SIZE).state(index).hasItem())
                .map(index -> JobKey.child(array, index))
                .toList());
    List<Job> children = new ArrayList<>();
    for (int index : indexes) {
      Job child = stored.get(JobKey.child(array, index));
      children.add(
          child != null
              ? child
              : ArrayChildren.of(parent, pages.get(index / ArrayPage.SIZE), index));
    }
    return children;
  }
}
