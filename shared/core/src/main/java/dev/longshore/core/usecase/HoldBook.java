package dev.longshore.core.usecase;

import dev.longshore.core.model.Front;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.Hold;
import dev.longshore.core.plan.Placement;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.usecase.Snapshots.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps why jobs wait: one item per queue, written only when it changed ({@code data-model} 3). */
final class HoldBook {
  private static final int LIMIT = 100;
  private static final long SHORTEST_MILLIS = 1_000;

  private final CatalogStore catalog;

  HoldBook(CatalogStore catalog) {
    this.catalog = catalog;
  }

  /**
   * What was said last of these queues, by name. A round reads it before anything that waits: when
   * a queue goes and another takes its name meanwhile, what the round found of the old one is
   * refused.
   */
  Map<String, Holds> read(List<JobQueue> queues) {
    Map<String, Holds> read = new HashMap<>();
    queues.forEach(queue -> read.put(queue.name(), catalog.holds(queue.name())));
    return read;
  }

  /**
   * What became of what a round found.
   *
   * @param due jobs that have stood at the head of their queue for longer than it allows
   * @param refused true when others wrote since the round began, on what they had read: another
   *     round must look which is true
   */
  record Outcome(List<Front> due, boolean refused) {}

  /** Writes what a round found, over what was said before it began. */
  Outcome write(View view, Plan plan, Map<String, Holds> read) {
    Snapshot snapshot = view.snapshot();
    List<Front> due = new ArrayList<>();
    boolean refused = false;
    for (JobQueue queue : snapshot.queues()) {
      Holds before = read.getOrDefault(queue.name(), Holds.none(queue.name()));
      List<Holds.Entry> entries = entries(view, plan, before);
      Front front = front(view, plan, queue, before.front());
      boolean moved = !Objects.equals(front, before.front()) && !isMoving(before, front, snapshot);
      if (moved || !entries.equals(before.entries())) {
        refused |=
            !catalog.saveHolds(new Holds(queue.name(), entries, front, before.version() + 1));
      }
      if (front != null && Fronts.isDue(front, queue, snapshot.now())) {
        due.add(front);
      }
    }
    return new Outcome(due, refused);
  }

  /** In a queue that moves on quickly, the first is not worth a write for each job. */
  private static boolean isMoving(Holds before, @Nullable Front front, Snapshot snapshot) {
    Front old = before.front();
    return old != null
        && front != null
        && front.reason().isEmpty()
        && front.blockage() == null
        && snapshot.now() - old.since() < SHORTEST_MILLIS;
  }

  private static @Nullable Front front(
      View view, Plan plan, JobQueue queue, @Nullable Front before) {
    Snapshot snapshot = view.snapshot();
    for (Hold hold : stable(view, plan)) {
      if (snapshot.demands().get(hold.demand()).queue().equals(queue.name())) {
        JobKey first = firstLeft(view, plan, hold.demand());
        return Fronts.next(before, first, hold.reason().code(), queue, snapshot.now())
            .with(Fronts.blockage(before, first, hold.text(), snapshot.now()));
      }
    }
    return null;
  }

  private static JobKey firstLeft(View view, Plan plan, int demand) {
    int placed =
        plan.placements().stream()
            .filter(placement -> placement.demand() == demand)
            .mapToInt(Placement::count)
            .sum();
    List<Candidate> candidates = view.lines().get(demand).candidates();
    return placed < candidates.size()
        ? candidates.get(placed).key()
        : view.snapshot().demands().get(demand).first();
  }

  /** Of jobs that every round looks at: what is said of others would come and go. */
  private static List<Hold> stable(View view, Plan plan) {
    return plan.holds().stream().filter(hold -> hold.demand() < view.window()).toList();
  }

  private static List<Holds.Entry> entries(View view, Plan plan, Holds before) {
    Snapshot snapshot = view.snapshot();
    List<Holds.Entry> entries = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Hold hold : stable(view, plan)) {
      Demand demand = snapshot.demands().get(hold.demand());
      String text = hold.text();
      boolean ours = demand.queue().equals(before.queue());
      if (ours
          && entries.size() < LIMIT
          && seen.add(List.of(demand.shape(), demand.needs(), nodes(demand), text))) {
        entries.add(entry(demand, text, before, snapshot.now()));
      }
    }
    return entries;
  }

  private static Holds.Entry entry(Demand demand, String text, Holds before, long now) {
    return before.entries().stream()
        .filter(old -> old.shape().equals(demand.shape()) && old.nodes() == nodes(demand))
        .filter(old -> old.needs().equals(demand.needs()) && old.reason().equals(text))
        .findFirst()
        .orElseGet(() ->
            new Holds.Entry(
                demand.shape(), text, demand.first(), now, demand.needs(), nodes(demand)));
  }

  private static int nodes(Demand demand) {
    NodeGroups nodes = demand.nodes();
    return nodes == null ? 0 : nodes.count();
  }
}
