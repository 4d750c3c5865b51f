package dev.longshore.core.family;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which children of an array may start when others must come first ({@code batch-semantics} 7). A
 * child may start when all it waits for SUCCEEDED, and fails as soon as one of them failed.
 */
public final class ChildSequence {
  private ChildSequence() {}

  /**
   * The page with its waiting children as the others are now; the same page when nothing follows.
   * Done again with later news it goes on from there: no child comes back to waiting.
   *
   * @param previous state of the last child of the page before, null for the first page
   * @param pairs the same page of each array that this one is paired with
   */
  public static ArrayPage settle(
      ChildOrder order, ArrayPage page, @Nullable ChildState previous, List<ArrayPage> pairs) {
    Map<Integer, ChildState> news = new HashMap<>();
    ChildState last = previous;
    for (int place = 0; place < page.states().size(); place++) {
      ChildState state = page.states().at(place);
      if (state == ChildState.PENDING) {
        state = next(order.sequential() ? last : null, pairs, place);
        news.put(page.first() + place, state);
      }
      last = state;
    }
    return page.with((index, state) -> news.getOrDefault(index, state));
  }

  /** What becomes of a waiting child. */
  private static ChildState next(@Nullable ChildState before, List<ArrayPage> pairs, int place) {
    boolean met = before == null || before == ChildState.SUCCEEDED;
    boolean failed = before != null && hasFailed(before);
    for (ArrayPage pair : pairs) {
      ChildState other = pair.states().at(place);
      met &= other == ChildState.SUCCEEDED;
      failed |= hasFailed(other);
    }
    if (failed) {
      return ChildState.DEPENDENCY_FAILED;
    }
    return met ? ChildState.RUNNABLE : ChildState.PENDING;
  }

  private static boolean hasFailed(ChildState state) {
    return state.isClosed() && state != ChildState.SUCCEEDED;
  }
}
