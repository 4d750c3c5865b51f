package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.NodeGroups;
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
import java.util.Set;
import java.util.TreeSet;

/** One round of planning: the room that is left while the queues are served one after another. */
final class Round {
  private final Snapshot snapshot;
  private final Map<String, Supply> supplies;
  private final Map<String, Room> rooms = new HashMap<>();
  private final List<Placement> placements = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private final Stock stock;
  private final List<GangPlacement> gangs = new ArrayList<>();
  private final List<Plan.Promise> promises = new ArrayList<>();

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
    Set<String> spare = new TreeSet<>();
    rooms.forEach((environment, room) -> {
      if (room.isLeft()) {
        spare.add(environment);
      }
    });
    return new Plan(placements, holds, gangs, promises, spare);
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
    Keeper keeper = new Keeper(ofQueue, rooms);
    for (Turn turn = turns.next(); turn != null; turn = turns.next()) {
      Demand demand = snapshot.demands().get(turn.demand());
      NodeGroups nodes = demand.nodes();
      if (nodes != null) {
        serveGang(turn, demand, nodes, turns, waiting, keeper, queue);
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
          if (keeper.couldTake(demand.shape())) {
            turns.promise(turn, without);
          }
          hold(turn, without, proved(waiting.why(demand.shape()), queue));
          // One host keeps the queue's place, and a shape that no host could take asks only once.
          if (waiting.asksFirst(demand.shape())) {
            waiting.kept(keeper.keep(demand));
            promise(turn, keeper);
          }
        }
        hold(turn, left - without, permitted == provided ? lack(demand) : turns.reserved());
        if (permitted == 0 && provided > 0 && keeper.couldTake(demand.shape())) {
          turns.waitsForPermission(turn);
        }
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
      Keeper keeper,
      JobQueue queue) {
    boolean permitted = turns.permitted(turn) > 0;
    if (permitted && stock.room(demand.needs(), 1) == 0) {
      // As with any other job: only who finds its consumable resources keeps or asks for hosts.
      turns.giveUp(turn);
      hold(turn, 1, lack(demand));
      return;
    }
    if (permitted && fillGang(turn.demand(), nodes, keeper)) {
      stock.take(demand.needs(), 1);
      turns.placed(turn, 1);
      return;
    }
    turns.giveUp(turn);
    hold(turn, 1, permitted ? proved(keeper.whyNot(nodes), queue) : turns.reserved());
    boolean could = !keeper.forAll(nodes).isEmpty();
    if (permitted) {
      if (could) {
        turns.promise(turn, 1);
      }
      if (!waiting.isKept()) {
        waiting.kept(keeper.keepForAll(nodes, demand.submittedMinute()));
        promise(turn, keeper);
      }
    } else if (could && stock.room(demand.needs(), 1) > 0) {
      turns.waitsForPermission(turn);
    }
  }

  private void promise(Turn turn, Keeper keeper) {
    keeper
        .awaited()
        .ifPresent(
            it -> promises.add(new Plan.Promise(turn.demand(), it.environment(), it.vcpus())));
  }

  /** All nodes on hosts of one environment, the first that has them. */
  private boolean fillGang(int index, NodeGroups nodes, Keeper keeper) {
    for (Supply supply : keeper.forAll(nodes)) {
      Optional<List<HostId>> hosts = keeper.roomOf(supply).fillGang(nodes);
      if (hosts.isPresent()) {
        gangs.add(new GangPlacement(index, hosts.get()));
        return true;
      }
    }
    return false;
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

  /** How many looks at a host the round took. */
  int examined() {
    return rooms.values().stream().mapToInt(Room::examined).sum();
  }
}
