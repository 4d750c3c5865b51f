package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.plan.Turns.Turn;
import dev.longshore.core.port.InstanceTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One round of planning: the room that is left while the queues are served one after another. */
final class Round {
  private final Snapshot snapshot;
  private final Map<String, Supply> supplies;
  private final Map<String, Room> rooms = new HashMap<>();
  private final List<Placement> placements = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private final Stock stock;
  private final List<GangPlacement> gangs = new ArrayList<>();

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
    return new Plan(placements, holds, gangs);
  }

  /** The demands of each queue. */
  private Map<String, List<Integer>> lines() {
    Map<String, List<Integer>> lines = new HashMap<>();
    for (int i = 0; i < snapshot.demands().size(); i++) {
      lines.computeIfAbsent(snapshot.demands().get(i).queue(), _ -> new ArrayList<>()).add(i);
    }
    return lines;
  }

  private void serve(JobQueue queue, List<Integer> line) {
    List<Supply> ofQueue =
        queue.environments().stream().map(supplies::get).filter(Objects::nonNull).toList();
    List<Room> open =
        ofQueue.stream().map(it -> rooms.get(it.name())).filter(Objects::nonNull).toList();
    FairQueue fair = snapshot.fair().get(queue.name());
    Turns turns =
        new Turns(snapshot.demands(), line, fair, snapshot.hosts(), Supply.reservable(ofQueue));
    Waiting waiting = new Waiting(ofQueue);
    for (Turn turn = turns.next(); turn != null; turn = turns.next()) {
      Demand demand = snapshot.demands().get(turn.demand());
      NodeGroups nodes = demand.nodes();
      if (nodes != null) {
        serveGang(turn, demand, nodes, turns, waiting, ofQueue, queue);
        continue;
      }
      // Those that find their consumable resources; only they may keep or ask for a host.
      int provided = stock.room(demand.needs(), turns.left(turn));
      int permitted = Math.min(turns.permitted(turn), provided);
      int asked = Math.min(turn.count(), permitted);
      int placed = fill(turn.demand(), asked, open);
      stock.take(demand.needs(), placed);
      turns.placed(turn, placed);
      if (placed < turn.count()) {
        int left = turns.giveUp(turn);
        int without = 0;
        if (placed < asked) {
          without = permitted - placed;
          turns.promise(turn, without);
          hold(turn, without, proved(waiting.why(demand.shape()), queue));
          // One host keeps the queue's place, and a shape that no host could take asks only once.
          if (waiting.asksFirst(demand.shape())) {
            waiting.kept(reserve(open, demand));
          }
        }
        hold(turn, left - without, permitted == provided ? lack(demand) : turns.reserved());
      }
    }
  }

  /**
   * The reason, unless it says "never" of a queue with an environment that is not there: that one
   * was taken from the queue after the queue was read, and another may be there instead.
   */
  private Why proved(Why why, JobQueue queue) {
    List<String> missing =
        queue.environments().stream().filter(name -> !supplies.containsKey(name)).toList();
    return why.reason().isForGood() && !missing.isEmpty()
        ? new Why(Reason.ENVIRONMENT_DISABLED, String.join(", ", missing) + " does not exist")
        : why;
  }

  private Why lack(Demand demand) {
    return new Why(Reason.CONSUMABLE_RESOURCE, stock.lack(demand.needs()));
  }

  private void hold(Turn turn, int count, Why why) {
    if (count > 0) {
      holds.add(new Hold(turn.demand(), count, why.reason(), why.detail()));
    }
  }

  private void serveGang(
      Turn turn,
      Demand demand,
      NodeGroups nodes,
      Turns turns,
      Waiting waiting,
      List<Supply> ofQueue,
      JobQueue queue) {
    boolean permitted = turns.permitted(turn) > 0;
    if (permitted && stock.room(demand.needs(), 1) == 0) {
      // As with any other job: only who finds its consumable resources keeps or asks for hosts.
      turns.giveUp(turn);
      hold(turn, 1, lack(demand));
      return;
    }
    if (permitted && fillGang(turn.demand(), nodes, ofQueue)) {
      stock.take(demand.needs(), 1);
      turns.placed(turn, 1);
      return;
    }
    turns.giveUp(turn);
    hold(turn, 1, permitted ? proved(GangWords.explain(ofQueue, nodes), queue) : turns.reserved());
    if (permitted) {
      turns.promise(turn, 1);
      if (!waiting.isKept()) {
        waiting.kept(reserveGang(nodes, ofQueue, demand.submittedMinute()));
      }
    }
  }

  /** All nodes on hosts of one environment, the first that has them. */
  private boolean fillGang(int index, NodeGroups nodes, List<Supply> ofQueue) {
    for (Room room : roomsForGang(nodes, ofQueue)) {
      Optional<List<HostId>> hosts = room.fillGang(nodes);
      if (hosts.isPresent()) {
        gangs.add(new GangPlacement(index, hosts.get()));
        return true;
      }
    }
    return false;
  }

  /** Keeps hosts of the first environment that will ever have enough of them. */
  private boolean reserveGang(NodeGroups nodes, List<Supply> ofQueue, long since) {
    return roomsForGang(nodes, ofQueue).stream()
        .findFirst()
        .map(room -> room.reserveGang(nodes, since) > 0)
        .orElse(false);
  }

  private List<Room> roomsForGang(NodeGroups nodes, List<Supply> ofQueue) {
    return ofQueue.stream()
        .filter(supply -> supply.takesGangs() && supply.couldTakeGang(nodes))
        .map(supply -> rooms.get(supply.name()))
        .filter(Objects::nonNull)
        .toList();
  }

  private int fill(int index, int count, List<Room> open) {
    Demand demand = snapshot.demands().get(index);
    int placed = 0;
    for (Room room : open) {
      if (placed == count) {
        break;
      }
      placed +=
          room.fill(
              demand.shape(),
              count - placed,
              (host, fitting) -> placements.add(new Placement(index, host, fitting)));
    }
    return placed;
  }

  /**
   * Keeps a host for a job that fits nowhere now (conservative backfill, {@code batch-semantics}
   * 13.3): jobs behind it may use every other host. A job that needs a host that is not there yet
   * keeps nothing.
   */
  private static boolean reserve(List<Room> open, Demand demand) {
    Shape shape = demand.shape();
    List<Place> able = open.stream().flatMap(room -> room.reservable(shape).stream()).toList();
    Optional<Place> nearest = Room.nearest(able, shape, demand.submittedMinute());
    nearest.ifPresent(Place::reserve);
    return nearest.isPresent();
  }

  /** How many looks at a host the round took. */
  int examined() {
    return rooms.values().stream().mapToInt(Room::examined).sum();
  }
}
