package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.StopRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stored change of a page, or the end of an array, may be. */
final class ArrayLaws {
  /** However late the records, within this time a stop reaches every child. */
  private static final long STOP_MILLIS = 600_000;

  private final Shadow shadow;
  private final OrderLaws order;

  ArrayLaws(Shadow shadow, OrderLaws order) {
    this.shadow = shadow;
    this.order = order;
  }

  void stored(@Nullable ArrayPage before, ArrayPage after) {
    Job parent = shadow.job(JobKey.whole(after.job())).orElseThrow();
    ArrayPage seenBefore = ArrayFamily.pageOf(parent, after.number(), before);
    ArrayPage seenAfter = ArrayFamily.pageOf(parent, after.number(), after);
    order.stored(parent, seenBefore, seenAfter);
    for (int place = 0; place < after.states().size(); place++) {
      ChildState was = seenBefore.states().at(place);
      ChildState is = seenAfter.states().at(place);
      if (is != was) {
        moved(JobKey.child(after.job(), after.first() + place), was, is, after);
      }
    }
  }

  private void moved(JobKey child, ChildState was, ChildState is, ArrayPage page) {
    String what = child + " moved from " + was + " to " + is;
    // The reason may still change where an end was only implied by the parent's: FAILED it stays.
    boolean implied = was == ChildState.DEPENDENCY_FAILED && page.version() == 1;
    unless(
        !was.isClosed() || (implied && is == ChildState.STOPPED_UNSTARTED),
        Law.TERMINAL_IS_TERMINAL,
        what);
    boolean takenBack = was == ChildState.HANDED_OVER && shadow.job(child).isEmpty();
    unless(!was.hasItem() || is.hasItem() || takenBack, Law.HISTORY_ONLY_GROWS, what);
    if (is == ChildState.SUCCEEDED || is == ChildState.FAILED) {
      Optional<Job> item = shadow.job(child);
      unless(
          item.isPresent() && ArrayFamily.stateOf(item.get()) == is,
          Law.ARRAY_FOLLOWS_CHILDREN,
          what + ", but its item says " + item);
    }
    if (is == ChildState.STOPPED_UNSTARTED) {
      unless(
          page.stopOf(child.index()).isPresent(),
          Law.ARRAY_FOLLOWS_CHILDREN,
          what + " for no reason");
      unless(
          shadow.job(child).isEmpty(), Law.ARRAY_FOLLOWS_CHILDREN, what + ", but it has an item");
    }
  }

  /** A child's item appears only after its hand-over in the page. */
  void childCreated(Job child) {
    Job parent = shadow.job(JobKey.whole(child.key().job())).orElseThrow();
    ChildState state = shadow.childState(parent, child.key().index());
    unless(
        state == ChildState.HANDED_OVER,
        Law.ARRAY_FOLLOWS_CHILDREN,
        child + " appears though its page says " + state);
  }

  /** A terminated array stops its children, also one that was being placed at that moment. */
  void childEnds(Job child, long now) {
    StopRequest stop = shadow.job(JobKey.whole(child.key().job())).map(Job::stop).orElse(null);
    boolean overdue =
        stop != null && stop.kind() != StopRequest.Kind.CANCEL && now - stop.at() > STOP_MILLIS;
    boolean succeeded = child.state() instanceof JobState.Ended ended && ended.succeeded();
    unless(
        !(overdue && succeeded),
        Law.TOLD_TO_STOP_STAYS_STOPPED,
        child + " went on to its end, though its array was told " + stop);
  }

  void parentEnds(Job before, Job after) {
    if (!(before.state() instanceof JobState.Open)
        || !(after.state() instanceof JobState.Ended ended)) {
      return;
    }
    boolean all = ArrayFamily.allSucceeded(shadow.pages(before));
    for (ArrayPage page : shadow.pages(before)) {
      unless(
          page.isClosed(), Law.ARRAY_FOLLOWS_CHILDREN, after + " ends with open children " + page);
    }
    unless(ended.succeeded() == all, Law.ARRAY_FOLLOWS_CHILDREN, "wrong end: " + after);
  }

  /** When all is quiet: the counts are exact and every item says what its page says. */
  void atTheEnd(Job parent) {
    if (!parent.isArrayParent()) {
      return;
    }
    Map<JobStatus, Integer> summary = ArrayFamily.summary(shadow.pages(parent));
    int ended =
        summary.getOrDefault(JobStatus.SUCCEEDED, 0) + summary.getOrDefault(JobStatus.FAILED, 0);
    unless(
        ended == parent.spec().arraySize(),
        Law.ARRAY_FOLLOWS_CHILDREN,
        parent + " has children " + summary);
    for (ArrayPage page : shadow.pages(parent)) {
      for (int place = 0; place < page.states().size(); place++) {
        ChildState state = page.states().at(place);
        Optional<Job> item = shadow.job(JobKey.child(page.job(), page.first() + place));
        unless(
            item.map(ArrayFamily::stateOf).equals(Optional.of(state).filter(ChildState::hasItem)),
            Law.ARRAY_FOLLOWS_CHILDREN,
            "the page says " + state + " and the item " + item);
      }
    }
  }
}
