package dev.longshore.core.port;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs, array pages and children, dependency edges, and the index of each queue. */
public interface JobStore {

  /**
   * The job, or the child once it was handed over. Consistent. Empty when unknown, expired, or a
   * child that has no item yet.
   */
  Optional<Job> find(JobKey key);

  /** Like {@link #find} for many at once; what is not there is left out. */
  Map<JobKey, Job> findAll(Collection<JobKey> keys);

  /**
   * Stores a new single job or array parent ({@code version} 1) with its document.
   *
   * @return false when the ID is taken; nothing changed
   */
  boolean create(Job job, JobDocument document);

  /** What was submitted with the job; empty when the job is unknown. */
  Optional<JobDocument> document(JobId job);

  /** Like {@link #document} for many at once; what is not there is left out. */
  default Map<JobId, JobDocument> documents(Collection<JobId> ids) {
    Map<JobId, JobDocument> found = new HashMap<>();
    for (JobId id : ids) {
      document(id).ifPresent(document -> found.put(id, document));
    }
    return found;
  }

  /** Replaces the tags of a job; false when the job is unknown. */
  boolean saveTags(JobId job, Map<String, String> tags);

  /**
   * Stores a child that is handed over, once.
   *
   * @return false when it is there already
   */
  boolean createChild(Job child);

  /**
   * Stores {@code after} if the stored job still has the version {@code after.version() - 1}. Sets
   * the expiry with the terminal state.
   *
   * @return false when somebody else was faster
   */
  boolean save(Job after);

  /** Children that have an item, by index, from {@code first} on, at most {@code limit}. */
  List<Job> children(JobId parent, int first, int limit);

  /** The stored pages of an array, by number; missing ones were never written. */
  Map<Integer, ArrayPage> pages(JobId parent);

  /** A stored page; empty when it was never written. */
  Optional<ArrayPage> page(JobId parent, int number);

  /**
   * Stores {@code after} if the stored page still has the version {@code after.version() - 1} (0:
   * is not there).
   *
   * @return false when somebody else was faster
   */
  boolean savePage(ArrayPage after);

  /**
   * As {@link #savePage(ArrayPage)}, if the parent still has its version too. So a child that is
   * stopped before its array's children are spawned is stopped before that, or not so at all.
   *
   * @param parent the array as it was read
   */
  boolean savePage(ArrayPage after, Job parent);

  /** Records that {@code dependent} waits for {@code target}; doing it again changes nothing. */
  void addEdge(JobId target, JobId dependent, long now);

  /**
   * Jobs recorded as waiting for {@code target}, in a stable order.
   *
   * @param after the last one of the page before, or null
   */
  List<JobId> edges(JobId target, @Nullable JobId after, int limit);

  /**
   * Records that the children of {@code dependent} wait for those of {@code target}, one for one;
   * doing it again changes nothing.
   */
  void addPair(JobId target, JobId dependent, long now);

  /**
   * Arrays recorded as paired with {@code target}, in a stable order.
   *
   * @param after the last one of the page before, or null
   */
  List<JobId> pairs(JobId target, @Nullable JobId after, int limit);

  /**
   * A stretch of one lane of a queue's index. Lags.
   *
   * @param after leave out everything up to and including this place, in the chosen direction
   * @param newestFirst direction
   */
  List<LineEntry> line(LaneKey lane, @Nullable Position after, boolean newestFirst, int limit);

  /** Like {@link #line(LaneKey, Position, boolean, int)} for jobs that belong to no share. */
  default List<LineEntry> line(
      String queue, Lane lane, @Nullable Position after, boolean newestFirst, int limit) {
    return line(LaneKey.whole(queue, lane), after, newestFirst, limit);
  }

  /**
   * Deletes ended jobs whose retention is over, for stores that do not do it by themselves.
   *
   * @return how many
   */
  int purge(long now);

  /**
   * Hears of each event that was held against a job of this store, and what came of it, also when
   * it was ignored and nothing is saved. Writes nothing and never fails; most stores do not listen.
   */
  default void applied(Job before, JobEvent event, Step step) {}
}
