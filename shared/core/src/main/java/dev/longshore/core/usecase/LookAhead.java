package dev.longshore.core.usecase;

import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.GangPlacement;
import dev.longshore.core.plan.Hold;
import dev.longshore.core.plan.Placement;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.usecase.LineReader.Rest;
import dev.longshore.core.usecase.Snapshots.Further;
import dev.longshore.core.usecase.Snapshots.Line;
import dev.longshore.core.usecase.Snapshots.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans, and when the jobs that every round looks at leave something that they can not use, looks
 * behind them for some that can ({@code docs/decisions/0004}). What asks for the same as one that
 * waits in vain is passed over.
 */
final class LookAhead {
  /** How often a round reads on in a queue. */
  static final int PORTIONS = 9;

  /** After a look that found nothing, the queue is left alone for so long. */
  static final long PAUSE_MILLIS = 15_000;

  private static final int FEW = 100;

  /** In which lanes follow each other. */
  private static final Comparator<LaneKey> LANES =
      Comparator.comparing(LaneKey::share, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(LaneKey::priority, Comparator.reverseOrder())
          .thenComparing(LaneKey::lane);

  private final Snapshots snapshots;
  private final CatalogStore catalog;
  private final LineSearch.Reader reader;

  LookAhead(Snapshots snapshots, CatalogStore catalog, LineSearch.Reader reader) {
    this.snapshots = snapshots;
    this.catalog = catalog;
    this.reader = reader;
  }

  /**
   * How a round plans.
   *
   * @param <P> what it decides
   */
  interface Plans<P> {
    /** Decides. */
    P plan(Snapshot snapshot);

    /** Which jobs have a place when that has come about, and which wait. */
    Plan outcome(P plan);

    /** True when the queue has something left that smaller or other jobs could use. */
    boolean isLeft(JobQueue queue, Snapshot snapshot, P plan);
  }

  /** A view and what was decided on it. */
  record Planned<P>(View view, P plan) {}

  /** What the next job of a kind asks for. */
  private record Ask(Shape shape, List<Need> needs, @Nullable NodeGroups nodes) {
    static Ask of(LineEntry entry) {
      return new Ask(entry.shape(), entry.needs(), entry.nodes());
    }

    static Ask of(Demand demand) {
      return new Ask(demand.shape(), demand.needs(), demand.nodes());
    }
  }

  /** Plans on this view, or on one with more jobs. */
  <P> Planned<P> plan(View first, Plans<P> plans) {
    Planned<P> planned = new Planned<>(first, plans.plan(first.snapshot()));
    for (JobQueue queue : first.snapshot().queues()) {
      List<Rest> rests =
          first.rests().stream().filter(rest -> rest.lane().queue().equals(queue.name())).toList();
      if (!rests.isEmpty() && isWorthIt(queue, planned, plans)) {
        planned = look(queue, rests, planned, plans);
      }
    }
    return planned;
  }

  private static <P> boolean isWorthIt(JobQueue queue, Planned<P> planned, Plans<P> plans) {
    View view = planned.view();
    return (!inVain(queue, planned, plans).isEmpty() || showsFew(queue, view))
        && plans.isLeft(queue, view.snapshot(), planned.plan());
  }

  /** True when nearly all that was read first are arrays of which no child waits for room. */
  private static boolean showsFew(JobQueue queue, View view) {
    int waiting =
        view.lines().subList(0, view.window()).stream()
            .map(Line::demand)
            .filter(demand -> demand.queue().equals(queue.name()))
            .mapToInt(Demand::count)
            .sum();
    return waiting < FEW;
  }

  private <P> Planned<P> look(JobQueue queue, List<Rest> rests, Planned<P> first, Plans<P> plans) {
    long now = first.view().snapshot().now();
    LineSearch search = catalog.search(queue.name(), reader);
    if (now - search.at() < PAUSE_MILLIS) {
      return first;
    }
    Deque<Rest> ahead = from(search, rests);
    Planned<P> planned = first;
    for (int portion = 0;
        portion < PORTIONS && !ahead.isEmpty() && isWorthIt(queue, planned, plans);
        portion++) {
      View view = planned.view();
      Set<Ask> vain = inVain(queue, planned, plans);
      Further further =
          snapshots.readOn(
              view, used(planned, plans), ahead.remove(), entry -> !vain.contains(Ask.of(entry)));
      if (further.rest() != null) {
        ahead.addFirst(further.rest());
      }
      if (further.found()) {
        planned = new Planned<>(further.view(), plans.plan(further.view().snapshot()));
      }
    }
    if (placed(planned, plans) <= placed(first, plans)) {
      Rest next = ahead.peek();
      catalog.saveSearch(
          new LineSearch(
              queue.name(),
              reader,
              next == null ? null : next.lane(),
              next == null ? null : next.after(),
              now));
    }
    return planned;
  }

  /** What is left, from where the last look ended; all of it, when that was the end. */
  private static Deque<Rest> from(LineSearch search, List<Rest> rests) {
    List<Rest> sorted = rests.stream().sorted(Comparator.comparing(Rest::lane, LANES)).toList();
    LaneKey lane = search.lane();
    if (lane == null) {
      return new ArrayDeque<>(sorted);
    }
    Deque<Rest> ahead = new ArrayDeque<>();
    for (Rest rest : sorted) {
      int order = LANES.compare(rest.lane(), lane);
      if (order == 0) {
        ahead.add(new Rest(rest.lane(), later(rest.after(), search.after())));
      } else if (order > 0) {
        ahead.add(rest);
      }
    }
    return ahead;
  }

  private static @Nullable Position later(@Nullable Position one, @Nullable Position other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) < 0 ? other : one;
  }

  /** What jobs of this queue ask for that wait. */
  private static <P> Set<Ask> inVain(JobQueue queue, Planned<P> planned, Plans<P> plans) {
    List<Demand> demands = planned.view().snapshot().demands();
    Set<Ask> asks = new HashSet<>();
    for (Hold hold : plans.outcome(planned.plan()).holds()) {
      Demand demand = demands.get(hold.demand());
      if (demand.queue().equals(queue.name())) {
        asks.add(Ask.of(demand));
      }
    }
    return asks;
  }

  /** Lines that were read on and of which some job has a place. */
  private static <P> List<Line> used(Planned<P> planned, Plans<P> plans) {
    Map<Integer, Integer> waiting = new HashMap<>();
    for (Hold hold : plans.outcome(planned.plan()).holds()) {
      waiting.merge(hold.demand(), hold.count(), Integer::sum);
    }
    List<Line> lines = planned.view().lines();
    List<Line> used = new ArrayList<>();
    for (int index = planned.view().window(); index < lines.size(); index++) {
      if (waiting.getOrDefault(index, 0) < lines.get(index).demand().count()) {
        used.add(lines.get(index));
      }
    }
    return used;
  }

  private static <P> int placed(Planned<P> planned, Plans<P> plans) {
    Plan plan = plans.outcome(planned.plan());
    List<GangPlacement> gangs = plan.gangs();
    return plan.placements().stream().mapToInt(Placement::count).sum() + gangs.size();
  }
}
