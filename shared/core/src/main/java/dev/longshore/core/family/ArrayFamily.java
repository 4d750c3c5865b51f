package dev.longshore.core.family;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ArrayPage.PageStates;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.StopRequest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How an array's pages follow its children ({@code batch-semantics} 6, {@code data-model} 5). */
public final class ArrayFamily {
  private ArrayFamily() {}

  /** What a page that was never written says of each of its children. */
  public static ChildState unwritten(Job parent) {
    return switch (parent.state()) {
      case JobState.Open _ ->
          parent.spec().order().isAny() ? ChildState.PENDING : ChildState.RUNNABLE;
      case JobState.Pending _ -> ChildState.PENDING;
      // The parent ended before any child was spawned: its own end is theirs.
      case JobState.Ended _ ->
          parent.stop() == null ? ChildState.DEPENDENCY_FAILED : ChildState.STOPPED_UNSTARTED;
      case JobState.Runnable _, JobState.Starting _, JobState.Running _ ->
          throw new IllegalArgumentException("no array parent: " + parent);
    };
  }

  /** All pages of an array in order, those never written included. */
  public static List<ArrayPage> allPages(Job parent, Map<Integer, ArrayPage> stored) {
    return IntStream.range(0, ArrayPage.pagesOf(parent.spec().arraySize()))
        .mapToObj(number -> pageOf(parent, number, stored.get(number)))
        .toList();
  }

  /**
   * One page, also when it was never written. A page that was written while the parent waited,
   * since a single child was stopped, says PENDING of the others: they go on as the parent did.
   */
  public static ArrayPage pageOf(Job parent, int number, @Nullable ArrayPage stored) {
    ChildState unwritten = unwritten(parent);
    if (stored == null) {
      ArrayPage page =
          ArrayPage.unwritten(parent.key().job(), number, parent.spec().arraySize(), unwritten);
      return as(page.states(), page, parent);
    }
    PageStates states =
        stored.with((_, state) -> state == ChildState.PENDING ? unwritten : state).states();
    return states.equals(stored.states()) ? stored : as(states, stored, parent);
  }

  private static ArrayPage as(PageStates states, ArrayPage page, Job parent) {
    StopRequest stopOfRest = page.stopOfRest() == null ? parent.stop() : page.stopOfRest();
    return new ArrayPage(
        page.job(), page.number(), states, page.stops(), stopOfRest, page.version());
  }

  /** What the page must say of a child that has an item. */
  public static ChildState stateOf(Job child) {
    return switch (child.state()) {
      case JobState.Starting _ -> ChildState.HANDED_OVER;
      case JobState.Running _ -> ChildState.RUNNING;
      case JobState.Runnable _ -> ChildState.RUNNABLE_AGAIN;
      case JobState.Ended ended -> ended.succeeded() ? ChildState.SUCCEEDED : ChildState.FAILED;
      case JobState.Pending _, JobState.Open _ ->
          throw new IllegalArgumentException("no child is " + child.state());
    };
  }

  /** The page with the states of these children, which are read from their items just now. */
  public static ArrayPage fold(ArrayPage page, Collection<Job> children) {
    Map<Integer, ChildState> news = new HashMap<>();
    for (Job child : children) {
      news.put(child.key().index(), stateOf(child));
    }
    return page.with((index, state) -> news.getOrDefault(index, state));
  }

  /** The page with these runnable children handed over; others of them stay as they are. */
  public static ArrayPage handOver(ArrayPage page, Set<Integer> indexes) {
    return page.with((index, state) ->
        indexes.contains(index) && state.isRunnable() ? ChildState.HANDED_OVER : state);
  }

  /** How many children are in each state that clients see; all seven are there, zeros too. */
  public static Map<JobStatus, Integer> summary(Collection<ArrayPage> pages) {
    Map<JobStatus, Integer> summary = new EnumMap<>(JobStatus.class);
    for (JobStatus status : JobStatus.values()) {
      summary.put(status, 0);
    }
    for (ArrayPage page : pages) {
      page.states()
          .counts()
          .forEach((state, count) -> summary.merge(state.status(), count, Integer::sum));
    }
    return summary;
  }

  /** True when all children of all pages SUCCEEDED. */
  public static boolean allSucceeded(Collection<ArrayPage> pages) {
    return pages.stream()
        .allMatch(page ->
            page.states().counts().getOrDefault(ChildState.SUCCEEDED, 0) == page.states().size());
  }

  /** True when every page exists and no child of it is open. */
  public static boolean allClosed(JobId parent, int arraySize, Collection<ArrayPage> stored) {
    return stored.size() == ArrayPage.pagesOf(arraySize)
        && stored.stream().allMatch(page -> page.job().equals(parent) && page.isClosed());
  }
}
