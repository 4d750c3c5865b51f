package dev.longshore.core.usecase;

import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.Hold;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps why jobs wait: one item per queue, written only when it changed ({@code data-model} 3). */
final class HoldBook {
  private static final int LIMIT = 100;

  private final CatalogStore catalog;

  HoldBook(CatalogStore catalog) {
    this.catalog = catalog;
  }

  void write(Snapshot snapshot, Plan plan) {
    for (JobQueue queue : snapshot.queues()) {
      Holds before = catalog.holds(queue.name());
      List<Holds.Entry> entries = entries(snapshot, plan, before);
      if (!entries.equals(before.entries())) {
        // Refused means that another round of this domain wrote: its news are as good.
        catalog.saveHolds(new Holds(queue.name(), entries, before.version() + 1));
      }
    }
  }

  private static List<Holds.Entry> entries(Snapshot snapshot, Plan plan, Holds before) {
    List<Holds.Entry> entries = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Hold hold : plan.holds()) {
      Demand demand = snapshot.demands().get(hold.demand());
      String text = hold.text();
      boolean ours = demand.queue().equals(before.queue());
      if (ours
          && entries.size() < LIMIT
          && seen.add(List.of(demand.shape(), demand.needs(), text))) {
        entries.add(entry(demand, text, before, snapshot.now()));
      }
    }
    return entries;
  }

  private static Holds.Entry entry(Demand demand, String text, Holds before, long now) {
    return before.entries().stream()
        .filter(old -> old.shape().equals(demand.shape()))
        .filter(old -> old.needs().equals(demand.needs()) && old.reason().equals(text))
        .findFirst()
        .orElseGet(
            () -> new Holds.Entry(demand.shape(), text, demand.first(), now, demand.needs()));
  }
}
