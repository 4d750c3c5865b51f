package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.family.ChildSequence;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets children of arrays start in their order: N_TO_N and SEQUENTIAL ({@code batch-semantics} 7,
 * {@code data-model} 5). It works by pages: one read of each page that matters and one write of the
 * page that follows, however many children that moves. What it does comes from the pages as they
 * are stored now, so that it may be done twice, late and out of order.
 */
final class OrderProgress {
  private static final int TRIES = 8;

  /** So many arrays that are paired with one are settled at once; the rest is a work item. */
  private static final int PAIRS_AT_ONCE = 25;

  private final JobStore jobs;
  private final WorkQueue work;

  OrderProgress(JobStore jobs, WorkQueue work) {
    this.jobs = jobs;
    this.work = work;
  }

  /** Settles every page of an array that may spawn its children now; queues with work to place. */
  Set<String> opened(Job parent) {
    Set<String> toWake = new TreeSet<>();
    if (isOrdered(parent)) {
      for (int number = 0; number < ArrayPage.pagesOf(parent.spec().arraySize()); number++) {
        settle(parent, number, toWake);
      }
    }
    return toWake;
  }

  /** What follows from changes of these pages, here and in other arrays; queues to wake. */
  Set<String> pagesChanged(JobId id, Set<Integer> numbers) {
    Set<String> toWake = new TreeSet<>();
    jobs.find(JobKey.whole(id))
        .filter(OrderProgress::isOrdered)
        .ifPresent(parent -> ownPages(parent, numbers, toWake));
    if (!jobs.pairs(id, null, 1).isEmpty()) {
      for (int number : numbers) {
        toWake.addAll(settlePairs(id, number, null));
      }
    }
    return toWake;
  }

  private void ownPages(Job parent, Set<Integer> numbers, Set<String> toWake) {
    Set<Integer> all = new TreeSet<>(numbers);
    if (parent.spec().order().sequential()) {
      numbers.forEach(number -> all.add(number + 1));
    }
    all.removeIf(number -> number >= ArrayPage.pagesOf(parent.spec().arraySize()));
    all.forEach(number -> settle(parent, number, toWake));
  }

  /**
   * An array that ended before it spawned its children has failed them without writing their pages:
   * there may be none, or one on which single children were stopped. Other pages told of
   * themselves.
   */
  void ended(Job target) {
    JobId id = target.key().job();
    if (!target.isArrayParent() || jobs.pairs(id, null, 1).isEmpty()) {
      return;
    }
    Map<Integer, ArrayPage> stored = jobs.pages(id);
    for (int number = 0; number < ArrayPage.pagesOf(target.spec().arraySize()); number++) {
      ArrayPage page = stored.get(number);
      if (page == null || !page.isClosed()) {
        work.send(new Work.SettlePairs(id, number, null), Duration.ZERO);
      }
    }
  }

  /**
   * Settles one page of each array that is paired with this one, a portion of them; the rest goes
   * to the work queue.
   *
   * @param after the last one that is settled already, or null
   * @return queues with work to place
   */
  Set<String> settlePairs(JobId target, int number, @Nullable JobId after) {
    Set<String> toWake = new TreeSet<>();
    List<JobId> pairs = jobs.pairs(target, after, PAIRS_AT_ONCE);
    Map<JobKey, Job> found = jobs.findAll(pairs.stream().map(JobKey::whole).toList());
    for (JobId pair : pairs) {
      Job dependent = found.get(JobKey.whole(pair));
      if (dependent != null && isOrdered(dependent)) {
        settle(dependent, number, toWake);
      }
    }
    if (pairs.size() == PAIRS_AT_ONCE) {
      work.send(new Work.SettlePairs(target, number, pairs.getLast()), Duration.ZERO);
    }
    return toWake;
  }

  /** One that was told to stop closes its waiting children itself, for its own reason. */
  private static boolean isOrdered(Job parent) {
    return parent.state() instanceof JobState.Open
        && parent.stop() == null
        && parent.spec().order().isAny();
  }

  private void settle(Job parent, int number, Set<String> toWake) {
    JobId id = parent.key().job();
    for (int tries = 0; tries < TRIES; tries++) {
      ArrayPage page = ArrayFamily.pageOf(parent, number, jobs.page(id, number).orElse(null));
      ArrayPage settled = settled(parent, page);
      if (!settled.differsFrom(page) || jobs.savePage(settled)) {
        if (settled.states().counts().containsKey(ChildState.RUNNABLE)) {
          toWake.add(parent.spec().queue());
        }
        return;
      }
    }
    throw new StoreException(
        "page " + number + " of " + id + " was changed by others all the time",
        new IllegalStateException());
  }

  /** The page, just read, with its waiting children as the others are now. */
  ArrayPage settled(Job parent, ArrayPage page) {
    ChildOrder order = parent.spec().order();
    if (!isOrdered(parent) || !page.states().counts().containsKey(ChildState.PENDING)) {
      return page;
    }
    List<ArrayPage> pairs = new ArrayList<>();
    Map<JobKey, Job> targets = jobs.findAll(order.pairs().stream().map(JobKey::whole).toList());
    for (JobId id : order.pairs()) {
      pairs.add(pairedPage(id, targets.get(JobKey.whole(id)), page.number(), parent));
    }
    return ChildSequence.settle(order, page, lastBefore(parent, page), pairs);
  }

  /** An array that is gone has ended; a child of it of which nothing is known counts as failed. */
  private ArrayPage pairedPage(JobId id, @Nullable Job target, int number, Job parent) {
    ArrayPage stored = jobs.page(id, number).orElse(null);
    if (target != null) {
      return ArrayFamily.pageOf(target, number, stored);
    }
    return stored != null
        ? stored
        : ArrayPage.unwritten(id, number, parent.spec().arraySize(), ChildState.DEPENDENCY_FAILED);
  }

  private @Nullable ChildState lastBefore(Job parent, ArrayPage page) {
    if (page.number() == 0 || !parent.spec().order().sequential()) {
      return null;
    }
    int number = page.number() - 1;
    ArrayPage stored = jobs.page(page.job(), number).orElse(null);
    return ArrayFamily.pageOf(parent, number, stored).state(page.first() - 1);
  }
}
