package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rolls children up into their pages and pages into their parent ({@code data-model} 5). A page's
 * bits come from the children's items as they are read after the page, never from a record's image;
 * a page that changed meanwhile is read again together with the items.
 */
final class ArrayProgress {
  private static final int TRIES = 8;

  private final JobStore jobs;
  private final JobWrites writes;
  private final OrderProgress order;

  ArrayProgress(JobStore jobs, OrderProgress order) {
    this.jobs = jobs;
    this.order = order;
    this.writes = new JobWrites(jobs);
  }

  /** One write per page for all these children. */
  void fold(Collection<Job> children, long now) {
    Map<JobId, Map<Integer, List<JobKey>>> byPage =
        children.stream()
            .filter(child -> concernsPage(child))
            .map(Job::key)
            .collect(
                Collectors.groupingBy(
                    JobKey::job,
                    TreeMap::new,
                    Collectors.groupingBy(
                        key -> key.index() / ArrayPage.SIZE, TreeMap::new, Collectors.toList())));
    byPage.forEach((id, pages) ->
        jobs.find(JobKey.whole(id))
            .ifPresent(parent -> pages.forEach((page, keys) -> foldPage(parent, page, keys, now))));
  }

  /** A start needs no write of the page: it rides on the next one. */
  private static boolean concernsPage(Job child) {
    return child.key().member() == JobKey.Member.CHILD
        && (child.state() instanceof JobState.Ended || child.state() instanceof JobState.Runnable);
  }

  private void foldPage(Job parent, int number, List<JobKey> keys, long now) {
    for (int tries = 0; tries < TRIES; tries++) {
      ArrayPage page = page(parent, number);
      Collection<Job> children = jobs.findAll(keys).values();
      StopRequest stop = parent.stop();
      if (stop != null) {
        children.forEach(child -> stopIfWaiting(child, stop, now));
        children = jobs.findAll(keys).values();
      }
      // The next of a sequence starts with the write that says that the one before succeeded.
      ArrayPage folded = next(page, order.settled(parent, ArrayFamily.fold(page, children)));
      if (!folded.differsFrom(page) || jobs.savePage(folded)) {
        if (folded.isClosed()) {
          closeIfDone(parent, now);
        }
        return;
      }
    }
    throw new StoreException(
        "page " + number + " of " + parent.key() + " was changed by others all the time",
        new IllegalStateException());
  }

  /** One version later whatever the number of changes, the same when there is none. */
  private static ArrayPage next(ArrayPage read, ArrayPage changed) {
    return changed.differsFrom(read) ? changed.asNextOf(read) : read;
  }

  /** A child of an array that was told to stop must not try again. */
  private void stopIfWaiting(Job child, StopRequest stop, long now) {
    if (child.state() instanceof JobState.Runnable) {
      writes.apply(child, new JobEvent.StopRequested(stop), now);
    }
  }

  private ArrayPage page(Job parent, int number) {
    ArrayPage stored = jobs.page(parent.key().job(), number).orElse(null);
    return ArrayFamily.pageOf(parent, number, stored);
  }

  /** Ends the parent if these pages, which changed, were the last open ones. */
  void closeIfDone(JobId id, Set<Integer> numbers, long now) {
    boolean closed =
        numbers.stream()
            .allMatch(number -> jobs.page(id, number).filter(ArrayPage::isClosed).isPresent());
    if (closed) {
      jobs.find(JobKey.whole(id)).ifPresent(parent -> closeIfDone(parent, now));
    }
  }

  /** Ends the parent if no page of it is open. */
  void closeIfDone(Job parent, long now) {
    if (!(parent.state() instanceof JobState.Open)) {
      return;
    }
    JobId id = parent.key().job();
    Collection<ArrayPage> pages = jobs.pages(id).values();
    if (ArrayFamily.allClosed(id, parent.spec().arraySize(), pages)) {
      JobEvent closed = new JobEvent.ChildrenClosed(ArrayFamily.allSucceeded(pages));
      writes.apply(parent, closed, now);
    }
  }
}
