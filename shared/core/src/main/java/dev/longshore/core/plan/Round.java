package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.port.InstanceTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One round of planning: the room that is left while the queues are served one after another. */
final class Round {
  private final Snapshot snapshot;
  private final Map<String, Supply> supplies;
  private final Map<String, Room> rooms = new HashMap<>();
  private final List<Placement> placements = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private final Stock stock;

  Round(Snapshot snapshot, InstanceTypes types) {
    this.snapshot = snapshot;
    this.supplies = Supply.of(snapshot, types);
    this.stock = new Stock(snapshot.consumables());
    for (Supply supply : supplies.values()) {
      if (supply.environment().takesJobs()) {
        rooms.put(supply.name(), new Room(candidates(supply)));
      }
    }
  }

  private List<Host> candidates(Supply supply) {
    return supply.hosts().stream()
        .filter(host -> host.state() == Host.State.ACTIVE)
        .filter(host -> !snapshot.suspects().contains(host.id()))
        .toList();
  }

  Plan plan() {
    Map<String, List<Integer>> lines = lines();
    snapshot.queues().stream()
        .sorted(
            Comparator.comparingInt(JobQueue::priority).reversed().thenComparing(JobQueue::name))
        .forEach(queue -> serve(queue, lines.getOrDefault(queue.name(), List.of())));
    return new Plan(placements, holds);
  }

  /** The demands of each queue in its order. */
  private Map<String, List<Integer>> lines() {
    Map<String, List<Integer>> lines = new HashMap<>();
    for (int i = 0; i < snapshot.demands().size(); i++) {
      lines.computeIfAbsent(snapshot.demands().get(i).queue(), _ -> new ArrayList<>()).add(i);
    }
    Comparator<Integer> order = Comparator.comparing(snapshot.demands()::get, Demand.LINE_ORDER);
    lines.values().forEach(line -> line.sort(order));
    return lines;
  }

  private void serve(JobQueue queue, List<Integer> line) {
    List<Supply> ofQueue =
        queue.environments().stream().map(supplies::get).filter(Objects::nonNull).toList();
    List<Room> open =
        ofQueue.stream().map(it -> rooms.get(it.name())).filter(Objects::nonNull).toList();
    Explanations explanations = new Explanations(ofQueue);
    Set<Shape> waiting = new HashSet<>();
    boolean kept = false;
    for (int index : line) {
      Demand demand = snapshot.demands().get(index);
      // Those that find their consumable resources; only they may keep or ask for a host.
      int provided = stock.room(demand.needs(), demand.count());
      int placed = fill(index, demand, provided, open);
      stock.take(demand.needs(), placed);
      int left = provided - placed;
      if (left > 0) {
        Why why = explanations.of(demand.shape());
        holds.add(new Hold(index, left, why.reason(), why.detail()));
        // One host keeps the queue's place, and a shape that no host could take asks only once.
        boolean first = waiting.add(demand.shape());
        kept = kept || (first && reserve(open, demand.shape()));
      }
      if (provided < demand.count()) {
        String lack = stock.lack(demand.needs());
        holds.add(new Hold(index, demand.count() - provided, Reason.CONSUMABLE_RESOURCE, lack));
      }
    }
  }

  private int fill(int index, Demand demand, int most, List<Room> open) {
    int placed = 0;
    for (Room room : open) {
      if (placed == most) {
        break;
      }
      placed +=
          room.fill(
              demand.shape(),
              most - placed,
              (host, count) -> placements.add(new Placement(index, host, count)));
    }
    return placed;
  }

  /**
   * Keeps a host for a job that fits nowhere now (conservative backfill, {@code batch-semantics}
   * 13.3): jobs behind it may use every other host. A job that needs a host that is not there yet
   * keeps nothing.
   */
  private static boolean reserve(List<Room> open, Shape shape) {
    List<Place> able = open.stream().flatMap(room -> room.reservable(shape).stream()).toList();
    Optional<Place> nearest = Room.nearest(able, shape);
    nearest.ifPresent(Place::reserve);
    return nearest.isPresent();
  }

  /** How many looks at a host the round took. */
  int examined() {
    return rooms.values().stream().mapToInt(Room::examined).sum();
  }
}
