package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ArrayPage.PageStates;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.BatchEvent.StateChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which state changes a stored change tells of ({@code batch-semantics} 18.1). Pure: the same
 * images give the same changes, so what is published twice is the same twice.
 */
final class StateChanges {
  private StateChanges() {}

  /** Changes of a job, or of a child that has an item; the summary is left out. */
  static List<StateChanged> ofJob(@Nullable Job before, Job after, long at) {
    JobStatus from = before == null ? untold(after) : before.status();
    List<StateChanged> changes = new ArrayList<>();
    Optional<Job> between = ranBetween(before, after);
    if (between.isPresent()) {
      Job ran = between.get();
      changes.add(new StateChanged(from, ran, Map.of(), Sequence.justBefore(after), at));
      from = ran.status();
    }
    if (from != after.status() || between.isPresent()) {
      changes.add(new StateChanged(from, after, Map.of(), Sequence.of(after), at));
    }
    return changes;
  }

  /** What a job was before its item: a child is as its page said, of all others nothing is told. */
  private static JobStatus untold(Job job) {
    return job.key().member() == JobKey.Member.CHILD ? JobStatus.RUNNABLE : JobStatus.SUBMITTED;
  }

  /**
   * The job as it ran, when one write took it from STARTING over RUNNING to what came next: a quick
   * task's start and end come together, and some tasks never report that they run.
   */
  private static Optional<Job> ranBetween(@Nullable Job before, Job after) {
    if (before == null
        || !(before.state() instanceof JobState.Starting)
        || after.attempts().size() <= before.attempts().size()) {
      return Optional.empty();
    }
    Attempt attempt = after.attempts().get(before.attempts().size());
    String task = attempt.task();
    if (task == null || attempt.startedAt() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        before.in(new JobState.Running(attempt.dispatch(), task, attempt.startedAt())));
  }

  /**
   * Changes of children that a page alone knows: what may run now or ended unstarted. All others
   * are told by the children's own items, and their spawning by their parent's.
   *
   * @param before null for the first write of the page
   * @param parent of the array, as it was when its children were spawned
   */
  static List<StateChanged> ofPage(
      @Nullable ArrayPage before, ArrayPage after, Job parent, long at) {
    PageStates spawned = ArrayFamily.pageOf(parent, after.number(), null).states();
    boolean waiting = isWaiting(after.states(), spawned);
    List<StateChanged> changes = new ArrayList<>();
    for (int place = 0; place < after.states().size(); place++) {
      ChildState to = after.states().at(place);
      ChildState was = before == null ? ChildState.PENDING : before.states().at(place);
      ChildState from = was == ChildState.PENDING && !waiting ? spawned.at(place) : was;
      // A hand-over that was taken back before there was an item was never told.
      boolean ofPage = !was.hasItem() && !to.hasItem();
      if (ofPage && from.status() != to.status()) {
        Job child = ArrayChildren.of(parent, after, after.first() + place);
        changes.add(new StateChanged(from.status(), child, Map.of(), Sequence.of(child), at));
      }
    }
    return changes;
  }

  /** True for a page that was written before its children were spawned. */
  private static boolean isWaiting(PageStates states, PageStates spawned) {
    return IntStream.range(0, states.size())
        .anyMatch(place ->
            states.at(place) == ChildState.PENDING && spawned.at(place) != ChildState.PENDING);
  }

  /** True when this write of an array's parent spawned its children. */
  static boolean spawns(@Nullable Job before, Job after) {
    return after.state() instanceof JobState.Open
        && (before == null || !(before.state() instanceof JobState.Open));
  }

  /** True when this write ended an array whose children were never spawned: it is their end too. */
  static boolean endsUnspawned(@Nullable Job before, Job after) {
    return after.isArrayParent()
        && after.state() instanceof JobState.Ended
        && (before == null || before.state() instanceof JobState.Pending);
  }

  /**
   * Changes of the children of one page when they are spawned, or when their array ends instead.
   *
   * @param stored the page, when it was written before that, since single children were stopped
   */
  static List<StateChanged> ofSpawned(Job parent, int number, @Nullable ArrayPage stored, long at) {
    ArrayPage page = ArrayFamily.pageOf(parent, number, null);
    List<StateChanged> changes = new ArrayList<>();
    for (int place = 0; place < page.states().size(); place++) {
      int index = page.first() + place;
      if (stored == null || !wasStoppedBefore(parent, page, stored, index, at)) {
        Job child = ArrayChildren.of(parent, page, index);
        changes.add(new StateChanged(JobStatus.SUBMITTED, child, Map.of(), Sequence.of(child), at));
      }
    }
    return changes;
  }

  /**
   * True when the page tells of the end of this child, which was stopped before its array's
   * children were spawned. Clocks of handlers differ, so their times decide only where nothing else
   * can.
   */
  private static boolean wasStoppedBefore(
      Job parent, ArrayPage spawned, ArrayPage stored, int index, long at) {
    Optional<StopRequest> stop = stored.stopOf(index);
    boolean certain =
        parent.state() instanceof JobState.Ended || isWaiting(stored.states(), spawned.states());
    return stop.isPresent() && (certain || stop.get().at() <= at);
  }
}
