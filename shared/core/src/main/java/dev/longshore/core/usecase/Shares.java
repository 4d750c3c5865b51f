package dev.longshore.core.usecase;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.ShareBook.Share;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.FairQueue;
import dev.longshore.core.plan.GangPlacement;
import dev.longshore.core.plan.Placement;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.share.Usage;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Quotas;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the book of the shares of fair-share queues ({@code docs/decisions/0012}). Who stores a job
 * first enters its share and priority, so that rounds look into its lane; so does who lets a job go
 * that waited for others, and the record of a job that came into its lane enters them again: what
 * rounds have forgotten meanwhile comes back.
 */
final class Shares {
  private static final int TRIES = 8;

  private final CatalogStore catalog;

  Shares(CatalogStore catalog) {
    this.catalog = catalog;
  }

  /** How a queue divides its capacity; empty settings when its policy is gone. */
  static FairShare policyOf(CatalogStore catalog, String policy) {
    return catalog.policy(policy).map(SchedulingPolicy::fairShare).orElse(FairShare.DEFAULT);
  }

  /**
   * Enters the share of a job that is about to be submitted; does nothing for a job without one.
   *
   * @throws ClientFault when the queue has as many active shares as it may
   */
  void admit(JobQueue queue, JobSpec spec, long now) {
    enter(spec, queue.schedulingPolicy(), now);
  }

  /** Enters the share of a job; writes only what is not known, or was noted long ago. */
  void enter(JobSpec spec, long now) {
    enter(spec, null, now);
  }

  /** With the policy under which a share must still be admitted, null when it was. */
  private void enter(JobSpec spec, @Nullable String policy, long now) {
    String name = spec.share();
    if (name == null) {
      return;
    }
    for (int tries = 0; tries < TRIES; tries++) {
      ShareBook book = book(spec);
      boolean known = Usage.isNoted(book, name, spec.priority(), now);
      if (!known && policy != null) {
        checkLimit(book, name, policyOf(catalog, policy), now);
      }
      if (known || catalog.saveShares(Usage.with(book, name, spec.priority(), now))) {
        return;
      }
    }
    throw new StoreException(
        "the shares of " + spec.queue() + " were changed by others all the time",
        new IllegalStateException());
  }

  private static void checkLimit(ShareBook book, String name, FairShare settings, long now) {
    List<Share> active =
        book.shares().stream().filter(share -> Usage.isActive(share, settings, now)).toList();
    boolean counted = active.stream().anyMatch(share -> share.name().equals(name));
    if (!counted && active.size() >= Quotas.ACTIVE_SHARES) {
      throw new ClientFault(
          ("JobQueue %s has %d active share identifiers, which is the limit; use one of them, or"
                  + " wait until one of them has had no jobs for the policy's shareDecaySeconds,"
                  + " at least ten minutes.")
              .formatted(book.queue(), Quotas.ACTIVE_SHARES));
    }
  }

  private ShareBook book(JobSpec spec) {
    return catalog.shares(spec.queue());
  }

  /** What a planner needs of these shares. */
  static FairQueue fairQueue(ShareBook book, FairShare policy, long now) {
    Map<String, Double> recent = new HashMap<>();
    Set<String> active = new HashSet<>();
    for (Share share : book.shares()) {
      recent.put(share.name(), Usage.recent(book, share, policy, now));
      if (Usage.isActive(share, policy, now)) {
        active.add(share.name());
      }
    }
    return new FairQueue(policy, recent, active);
  }

  /** Notes what the shares hold after this plan. */
  void note(Snapshots.View view, Plan plan) {
    Snapshot snapshot = view.snapshot();
    view.shares()
        .forEach((queue, book) -> {
          FairQueue fair = snapshot.fair().get(queue);
          if (fair != null) {
            Map<String, Integer> held = held(snapshot, plan, book);
            Set<String> waiting = new HashSet<>();
            snapshot.demands().stream()
                .filter(demand -> demand.queue().equals(queue) && demand.share() != null)
                .forEach(demand -> waiting.add(demand.share()));
            Set<String> listed =
                view.filled().stream()
                    .filter(lane -> lane.queue().equals(queue))
                    .map(LaneKey::share)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            ShareBook after =
                Usage.advanced(
                    book, fair.policy(), held, waiting, listed, empty(view, queue), snapshot.now());
            if (after.version() != book.version()) {
              // Refused means that another round, or a new share, came first: the next one notes
              // it.
              catalog.saveShares(after);
            }
          }
        });
  }

  /** By share, priorities of this queue whose lanes were all read and found empty. */
  private static Map<String, Set<Integer>> empty(Snapshots.View view, String queue) {
    Map<String, Set<Integer>> empty = new HashMap<>();
    for (LaneKey lane : view.looked()) {
      String share = lane.share();
      boolean filled =
          view.filled().contains(LaneKey.of(queue, Lane.RUNNABLE, share, lane.priority()))
              || view.filled().contains(LaneKey.of(queue, Lane.OPEN, share, lane.priority()));
      if (share != null && lane.queue().equals(queue) && !filled) {
        empty.computeIfAbsent(share, _ -> new HashSet<>()).add(lane.priority());
      }
    }
    return empty;
  }

  private static Map<String, Integer> held(Snapshot snapshot, Plan plan, ShareBook book) {
    Map<Integer, String> names = new HashMap<>();
    book.shares().forEach(it -> names.put(Reservation.payer(book.queue(), it.name()), it.name()));
    Map<String, Integer> held = new HashMap<>();
    for (Host host : snapshot.hosts()) {
      for (Reservation reservation : host.reservations()) {
        String share = names.get(reservation.payer());
        if (share != null) {
          held.merge(share, reservation.shape().vcpus(), Integer::sum);
        }
      }
    }
    for (Placement placement : plan.placements()) {
      placed(snapshot.demands().get(placement.demand()), placement.count(), book, held);
    }
    for (GangPlacement placement : plan.gangs()) {
      placed(snapshot.demands().get(placement.demand()), 1, book, held);
    }
    return held;
  }

  private static void placed(Demand demand, int count, ShareBook book, Map<String, Integer> held) {
    String share = demand.share();
    if (share != null && demand.queue().equals(book.queue())) {
      held.merge(share, demand.vcpus() * count, Integer::sum);
    }
  }
}
