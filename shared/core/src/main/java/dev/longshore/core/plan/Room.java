package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Gangs.Fit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.function.ToLongFunction;

/**
 * The free room of one environment during one round. It only shrinks, so a host that does not take
 * a shape any more is never looked at again for it: all jobs of a shape together look at each host
 * once, and a shape that does not fit costs nothing the next time.
 */
final class Room {
  /**
   * Best fit: spare GPUs for those who ask for them, then fill hosts that run something already so
   * that others can go, then the tightest.
   */
  private static final Comparator<Place> BEST_FIRST =
      Comparator.comparingInt(Place::freeGpus)
          .thenComparing(place -> !place.busy())
          .thenComparingLong(Place::freeWeight)
          .thenComparing(Place::id);

  /** No job asks for less. */
  private static final Shape SMALLEST = new Shape(1, 1, 0);

  private final List<Place> places;
  private final Map<Shape, Candidates> byShape = new HashMap<>();
  private int examined;

  /** The room on these hosts, which take jobs. */
  Room(List<Host> hosts) {
    this.places = hosts.stream().map(Place::new).toList();
  }

  /** The hosts that may still take a shape, best first as they were when it was first asked for. */
  private static final class Candidates {
    private final List<Place> order;
    private int next;

    Candidates(List<Place> order) {
      this.order = order;
    }
  }

  /**
   * Places up to {@code count} jobs of a shape and tells where how many went.
   *
   * @return how many were placed
   */
  int fill(Shape shape, int count, ObjIntConsumer<HostId> placed) {
    Candidates candidates = byShape.get(shape);
    if (candidates == null) {
      candidates = candidates(shape);
      byShape.put(shape, candidates);
    }
    int left = count;
    while (left > 0 && candidates.next < candidates.order.size()) {
      Place place = candidates.order.get(candidates.next);
      examined++;
      int fitting = place.room(shape, left);
      if (fitting > 0) {
        place.take(shape, fitting);
        placed.accept(place.id(), fitting);
        left -= fitting;
      }
      if (left > 0) {
        candidates.next++;
      }
    }
    return count - left;
  }

  private Candidates candidates(Shape shape) {
    List<Place> order = new ArrayList<>();
    for (Place place : places) {
      examined++;
      if (place.room(shape, 1) > 0) {
        order.add(place);
      }
    }
    order.sort(BEST_FIRST);
    return new Candidates(order);
  }

  /** Places all nodes of a multi-node job, each alone on an empty host, or none of them. */
  Optional<List<HostId>> fillGang(NodeGroups nodes) {
    examined += places.size();
    List<Host> empty = places.stream().filter(Place::empty).map(Place::host).toList();
    Fit fit = Gangs.fit(nodes, empty);
    if (!fit.isComplete()) {
      return Optional.empty();
    }
    Set<HostId> chosen = new HashSet<>(fit.hosts().values());
    places.stream().filter(place -> chosen.contains(place.id())).forEach(Place::takeAlone);
    return Optional.of(List.copyOf(fit.hosts().values()));
  }

  /**
   * Keeps hosts for a multi-node job that finds too few empty ones: those that must give back
   * least, so that they empty themselves for it one after another.
   *
   * @param since minute of the job's submission
   * @return those that are kept
   */
  List<Host> reserveGang(NodeGroups nodes, long since) {
    List<Host> kept = new ArrayList<>();
    for (NodeGroups.Group group : nodes.groups()) {
      reservable(group.shape()).stream()
          .filter(place -> Gangs.takes(nodes, place.host().instanceType()))
          .sorted(byKeeping(since, Place::taken))
          .limit(group.count())
          .forEach(place -> {
            place.reserve();
            kept.add(place.host());
          });
    }
    return kept;
  }

  /**
   * Keeps hosts that are in the way of others with so many vCPUs, so that they empty themselves and
   * go: again those first that got nothing since then and must give back least.
   *
   * @param since minute of the submission of the job that needs the others
   * @return true when any is kept
   */
  boolean makeWay(int vcpus, long since) {
    int missing = vcpus;
    examined += places.size();
    List<Place> order =
        places.stream()
            .filter(place -> !place.reserved())
            .sorted(byKeeping(since, Place::taken))
            .toList();
    for (Place place : order) {
      if (missing > 0) {
        place.reserve();
        missing -= place.host().capacity().vcpus();
      }
    }
    return missing < vcpus;
  }

  /** The hosts that could take a shape once their jobs are over and that nobody keeps yet. */
  List<Place> reservable(Shape shape) {
    examined += places.size();
    return places.stream().filter(place -> !place.reserved() && place.couldTake(shape)).toList();
  }

  /**
   * The host to keep for a job that fits nowhere now. Nothing new comes to a kept host, and it
   * gives way only to one that got its last job no later, so the job waits for nothing that starts
   * behind it and can not starve ({@code docs/decisions/0017}).
   *
   * @param since minute of the job's submission
   */
  static Optional<Place> nearest(List<Place> places, Shape shape, long since) {
    return places.stream().min(byKeeping(since, place -> place.missing(shape)));
  }

  /**
   * Hosts to which nothing came since then are alike; of these, the one that must give least. A
   * minute is counted as later, since what was placed in it may have been.
   */
  private static Comparator<Place> byKeeping(long since, ToLongFunction<Place> missing) {
    return Comparator.comparingLong((Place place) -> Math.max(since - 1, place.newestPlacement()))
        .thenComparingLong(missing)
        .thenComparing(Place::id);
  }

  /** True when some job could still be placed here, if it is small enough. */
  boolean isLeft() {
    return places.stream().anyMatch(place -> place.room(SMALLEST, 1) > 0);
  }

  /** How many looks at a host all calls together took. */
  int examined() {
    return examined;
  }
}
