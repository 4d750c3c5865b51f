package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

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

  /** The hosts that could take a shape once their jobs are over and that nobody keeps yet. */
  List<Place> reservable(Shape shape) {
    examined += places.size();
    return places.stream().filter(place -> !place.reserved() && place.couldTake(shape)).toList();
  }

  /**
   * The host to keep for a job that fits nowhere now: the one that must give back least. Nothing
   * new comes to a kept host, so from round to round the job gets nearer to its start and can not
   * starve.
   */
  static Optional<Place> nearest(List<Place> places, Shape shape) {
    return places.stream()
        .min(
            Comparator.comparingLong((Place place) -> place.missing(shape))
                .thenComparingInt(Place::newestPlacement)
                .thenComparing(Place::id));
  }

  /** How many looks at a host all calls together took. */
  int examined() {
    return examined;
  }
}
