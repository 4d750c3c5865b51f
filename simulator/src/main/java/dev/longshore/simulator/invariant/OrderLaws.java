package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Children of arrays start and fail as N_TO_N and SEQUENTIAL say. */
final class OrderLaws {
  private final Shadow shadow;
  private final Map<String, ChildOrder> submitted = new HashMap<>();

  OrderLaws(Shadow shadow) {
    this.shadow = shadow;
  }

  void submitting(String name, ChildOrder order) {
    submitted.put(name, order);
  }

  void created(Job job) {
    unless(
        job.spec().order().equals(submitted.getOrDefault(job.spec().name(), ChildOrder.NONE)),
        Law.CHILDREN_IN_ORDER,
        job + " is not as it was submitted");
  }

  /** A page that is about to be stored; the shadow has what was stored before. */
  void stored(Job parent, ArrayPage before, ArrayPage after) {
    if (!parent.spec().order().isAny()) {
      return;
    }
    List<ArrayPage> pairs = pairs(parent, after.number());
    for (int place = 0; place < after.states().size(); place++) {
      ChildState was = before.states().at(place);
      ChildState is = after.states().at(place);
      if (was == ChildState.PENDING && is != was) {
        moved(parent, after, place, is, pairs);
      }
    }
  }

  private void moved(Job parent, ArrayPage page, int place, ChildState is, List<ArrayPage> pairs) {
    List<ChildState> others = new ArrayList<>();
    pairs.forEach(pair -> others.add(pair.states().at(place)));
    ChildState before = before(parent, page, place);
    if (before != null) {
      others.add(before);
    }
    String what = "child " + (page.first() + place) + " of " + parent + " became " + is;
    switch (is) {
      case RUNNABLE, HANDED_OVER, RUNNING, RUNNABLE_AGAIN, SUCCEEDED, FAILED ->
          unless(
              others.stream().allMatch(other -> other == ChildState.SUCCEEDED),
              Law.CHILDREN_IN_ORDER,
              what + ", but those before it are " + others);
      case DEPENDENCY_FAILED ->
          unless(
              others.stream().anyMatch(OrderLaws::failed),
              Law.CHILDREN_IN_ORDER,
              what + ", but those before it are " + others);
      case STOPPED_UNSTARTED, PENDING -> {}
    }
  }

  /** The one before it in its own array, on the page as it is about to be stored. */
  private @Nullable ChildState before(Job parent, ArrayPage page, int place) {
    int index = page.first() + place - 1;
    if (!parent.spec().order().sequential() || index < 0) {
      return null;
    }
    return place > 0 ? page.states().at(place - 1) : shadow.childState(parent, index);
  }

  private static boolean failed(ChildState state) {
    return state.isClosed() && state != ChildState.SUCCEEDED;
  }

  private List<ArrayPage> pairs(Job parent, int number) {
    List<ArrayPage> pages = new ArrayList<>();
    for (JobId id : parent.spec().order().pairs()) {
      Job target = shadow.job(JobKey.whole(id)).orElseThrow();
      pages.add(ArrayFamily.pageOf(target, number, shadow.storedPages(id).get(number)));
    }
    return pages;
  }

  /** When all is quiet: whoever comes after a failure failed with it, unless it was stopped. */
  void atTheEnd(Job parent) {
    if (!parent.isArrayParent() || !parent.spec().order().isAny()) {
      return;
    }
    for (ArrayPage page : shadow.pages(parent)) {
      List<ArrayPage> pairs = pairs(parent, page.number());
      for (int place = 0; place < page.states().size(); place++) {
        int at = place;
        ChildState before = before(parent, page, place);
        boolean spoilt =
            (before != null && failed(before))
                || pairs.stream().anyMatch(pair -> failed(pair.states().at(at)));
        ChildState state = page.states().at(place);
        unless(
            !spoilt
                || state == ChildState.DEPENDENCY_FAILED
                || state == ChildState.STOPPED_UNSTARTED,
            Law.CHILDREN_IN_ORDER,
            "child %d of %s is %s after a failure".formatted(page.first() + place, parent, state));
      }
    }
  }
}
