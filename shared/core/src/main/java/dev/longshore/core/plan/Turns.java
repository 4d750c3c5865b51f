package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.share.Weights;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in a queue. In a FIFO queue all jobs are in one line. In a fair-share queue each
 * share has a line, and next is the share with the least weighted use ({@code
 * docs/decisions/0012}): its weight times the vCPUs that it had on average and has now, both
 * counted; what it gets in this round counts at once.
 */
final class Turns {
  private static final String NO_SHARE = "";

  private final List<Demand> demands;
  private final @Nullable FairQueue fair;
  private final Map<String, Deque<Integer>> lines = new TreeMap<>();
  private final Map<String, Integer> held = new HashMap<>();
  private final Map<String, Double> weights;
  private final Map<Integer, Integer> left = new HashMap<>();
  private final double usable;
  private int promised;
  private boolean permissionAwaited;

  /**
   * The turns of one queue.
   *
   * @param demands of the whole snapshot
   * @param queue places of the queue's own demands
   * @param fair its shares, or null for a FIFO queue
   * @param hosts what is held now
   * @param maxVcpus of which a part is kept for shares that are not active yet; 0 when unknown
   */
  Turns(
      List<Demand> demands,
      List<Integer> queue,
      @Nullable FairQueue fair,
      Collection<Host> hosts,
      int maxVcpus) {
    this.demands = demands;
    this.fair = fair;
    queue.stream()
        .sorted(Comparator.comparing(demands::get, Demand.LINE_ORDER))
        .forEach(place -> {
          lines.computeIfAbsent(shareOf(place), _ -> new ArrayDeque<>()).add(place);
          left.put(place, demands.get(place).count());
        });
    if (fair == null || queue.isEmpty()) {
      weights = Map.of();
      usable = Double.POSITIVE_INFINITY;
    } else {
      count(demands.get(queue.getFirst()).queue(), fair, hosts);
      Set<String> active = new HashSet<>(lines.keySet());
      active.addAll(fair.active());
      held.forEach((share, vcpus) -> {
        if (vcpus > 0) {
          active.add(share);
        }
      });
      weights = Weights.of(fair.policy(), active);
      usable =
          fair.policy().reservation() == 0 || maxVcpus == 0
              ? Double.POSITIVE_INFINITY
              : maxVcpus - Weights.reserved(fair.policy(), active.size(), maxVcpus);
    }
  }

  private String shareOf(int place) {
    String share = demands.get(place).share();
    return fair == null || share == null ? NO_SHARE : share;
  }

  private void count(String queue, FairQueue known, Collection<Host> hosts) {
    Map<Integer, String> payers = new HashMap<>();
    Set<String> shares = new HashSet<>(known.recent().keySet());
    shares.addAll(lines.keySet());
    shares.forEach(share -> payers.put(Reservation.payer(queue, share), share));
    for (Host host : hosts) {
      for (Reservation reservation : host.reservations()) {
        String share = payers.get(reservation.payer());
        if (share != null) {
          held.merge(share, reservation.shape().vcpus(), Integer::sum);
        }
      }
    }
  }

  /**
   * A demand whose turn it is.
   *
   * @param demand its place in the snapshot's list
   * @param count how many of its jobs, before it may be somebody else's turn
   */
  record Turn(int demand, int count) {}

  /** The next one; null when all demands were taken or given up. */
  @Nullable Turn next() {
    String first = null;
    String second = null;
    for (String share : lines.keySet()) {
      if (first == null || order(share, first) < 0) {
        second = first;
        first = share;
      } else if (second == null || order(share, second) < 0) {
        second = share;
      }
    }
    if (first == null) {
      return null;
    }
    int place = head(first);
    int count = left.getOrDefault(place, 0);
    return new Turn(place, second == null ? count : Math.min(count, lead(first, second)));
  }

  /** How many jobs of this demand have not been placed. */
  int left(Turn turn) {
    return left.getOrDefault(turn.demand(), 0);
  }

  private int order(String share, String other) {
    int byUse = Double.compare(use(share), use(other));
    return byUse != 0
        ? byUse
        : demands.get(head(share)).order().compareTo(demands.get(head(other)).order());
  }

  private double use(String share) {
    double recent = fair == null ? 0 : fair.recent().getOrDefault(share, 0.0);
    return (recent + held.getOrDefault(share, 0)) * weights.getOrDefault(share, 1.0);
  }

  /** How many jobs the first share may start before it has used more than the second. */
  private int lead(String first, String second) {
    double one = demands.get(head(first)).vcpus() * weights.getOrDefault(first, 1.0);
    double jobs = one == 0 ? Integer.MAX_VALUE : (use(second) - use(first)) / one;
    return (int) Math.clamp(Math.ceil(jobs), 1, Integer.MAX_VALUE);
  }

  private int head(String share) {
    Deque<Integer> line = lines.get(share);
    return line == null ? -1 : line.element();
  }

  /**
   * How many jobs of this demand the reservation for other shares lets start. The first job of a
   * queue that holds nothing always may: a reservation never keeps a queue from working.
   */
  int permitted(Turn turn) {
    int vcpus = demands.get(turn.demand()).vcpus();
    if (vcpus == 0 || usable == Double.POSITIVE_INFINITY) {
      return left(turn);
    }
    int total = promised + held.values().stream().mapToInt(Integer::intValue).sum();
    int most = (int) Math.clamp((usable - total) / vcpus, 0, left(turn));
    return most == 0 && total == 0 ? 1 : most;
  }

  /** So many jobs may start as soon as there is room for them: others may not have that. */
  void promise(Turn turn, int count) {
    promised += demands.get(turn.demand()).vcpus() * count;
  }

  /**
   * The first job that the reservation does not let start has what comes free next: smaller ones
   * behind it would take it again and again.
   */
  void waitsForPermission(Turn turn) {
    if (!permissionAwaited) {
      permissionAwaited = true;
      promise(turn, 1);
    }
  }

  /** Why no more may start than {@link #permitted} says. */
  Why reserved() {
    return new Why(
        Reason.COMPUTE_RESERVATION,
        "a computeReservation of %d percent keeps vCPUs for shares that are not active yet"
            .formatted(fair == null ? 0 : fair.policy().reservation()));
  }

  /** So many jobs of the turn were placed; the rest of them may get another turn. */
  void placed(Turn turn, int count) {
    held.merge(shareOf(turn.demand()), demands.get(turn.demand()).vcpus() * count, Integer::sum);
    if (left.merge(turn.demand(), -count, Integer::sum) == 0) {
      giveUp(turn);
    }
  }

  /** The rest of this demand waits for another round; how many jobs that are. */
  int giveUp(Turn turn) {
    String share = shareOf(turn.demand());
    Deque<Integer> line = lines.get(share);
    if (line != null) {
      line.remove(turn.demand());
      if (line.isEmpty()) {
        lines.remove(share);
      }
    }
    return left(turn);
  }
}
