package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Reservation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the nodes of multi-node jobs may do. */
final class NodeLaws {
  /** However late the records and the work, within this time nodes follow their main node. */
  private static final long FOLLOW_MILLIS = 1_200_000;

  private final Shadow shadow;
  private final TaskLaws tasks;

  /** Since when the main node of an attempt is recorded as over. */
  private final Map<AttemptKey, Long> mainOver = new HashMap<>();

  NodeLaws(Shadow shadow, TaskLaws tasks) {
    this.shadow = shadow;
    this.tasks = tasks;
  }

  /** A job was stored; only multi-node ones and their nodes matter. */
  void stored(@Nullable Job before, Job after, long now) {
    if (after.isMultiNodeParent()
        && after.attempts().size() > (before == null ? 0 : before.attempts().size())) {
      Dispatch over = after.attempts().getLast().dispatch();
      mainOver.put(over.keyOf(after.key()), now);
    }
  }

  /** A task really begins, of a whole multi-node job or of a node. */
  void begins(AttemptKey attempt, long now) {
    Job job = shadow.job(attempt.key()).orElseThrow();
    NodeGroups nodes = job.spec().nodes();
    if (nodes == null) {
      return;
    }
    Job parent = shadow.job(JobKey.whole(job.key().job())).orElseThrow();
    AttemptKey main = new AttemptKey(parent.key(), attempt.attempt(), attempt.dispatch());
    Dispatch placement = placement(parent, main);
    for (int node = 0; node < placement.gang().size(); node++) {
      unless(
          hasRoom(parent, placement, node),
          Law.GANG_ALL_OR_NONE,
          "the task of " + attempt + " begins, but node " + node + " has no room: " + placement);
    }
    unless(
        new HashSet<>(placement.gang()).size() == nodes.count(),
        Law.GANG_ALL_OR_NONE,
        "the task of " + attempt + " begins, but not every node has a host: " + placement);
    if (job.key().isWhole()) {
      return;
    }
    long overFor = now - mainOver.getOrDefault(main, now);
    unless(
        tasks.hasRun(main) && overFor < TaskLaws.IN_FLIGHT_MILLIS,
        Law.NODES_FOLLOW_MAIN,
        "the task of " + attempt + " begins, but the main node is " + parent);
  }

  private static Dispatch placement(Job parent, AttemptKey main) {
    return parent
        .dispatch()
        .filter(live -> live.keyOf(parent.key()).equals(main))
        .or(() ->
            parent
                .lastAttempt()
                .map(Attempt::dispatch)
                .filter(over -> over.keyOf(parent.key()).equals(main)))
        .orElseThrow(() ->
            new Violation(Law.NODES_FOLLOW_MAIN, "a node begins for " + main + " of " + parent));
  }

  private boolean hasRoom(Job parent, Dispatch placement, int node) {
    NodeGroups nodes = parent.spec().nodes();
    boolean main = nodes != null && nodes.main() == node;
    JobKey key = main ? parent.key() : JobKey.node(parent.key().job(), node);
    boolean over =
        shadow
            .job(key)
            .filter(job ->
                job.attempts().stream()
                    .anyMatch(past -> past.dispatch().isSamePlacement(placement)))
            .isPresent();
    return over || tasks.reserved(placement.hostOf(node), placement.keyOf(key));
  }

  /** A task of a node is really over. */
  void ends(AttemptKey attempt, HostId host, long now) {
    // A stop does not reach a host that is out of contact; it is given up in the end.
    if (attempt.key().member() != JobKey.Member.NODE || tasks.wasOutOfContact(host)) {
      return;
    }
    JobKey whole = JobKey.whole(attempt.key().job());
    AttemptKey main = new AttemptKey(whole, attempt.attempt(), attempt.dispatch());
    long overFor = now - mainOver.getOrDefault(main, now);
    unless(
        overFor < FOLLOW_MILLIS,
        Law.NODES_FOLLOW_MAIN,
        "the task of %s went on for %d s after the main node".formatted(attempt, overFor / 1000));
  }

  /** True when this room is kept for a node that is still to begin. */
  boolean isDue(HostId host, Reservation reservation) {
    AttemptKey attempt = reservation.attempt();
    if (attempt.key().member() != JobKey.Member.NODE) {
      return false;
    }
    Optional<Dispatch> live =
        shadow
            .job(JobKey.whole(attempt.key().job()))
            .flatMap(Job::dispatch)
            .filter(at -> at.keyOf(attempt.key()).equals(attempt))
            .filter(at -> at.hostOf(attempt.key().index()).equals(host));
    boolean over =
        shadow
            .job(attempt.key())
            .filter(node ->
                node.attempts().stream()
                    .anyMatch(past -> past.dispatch().keyOf(node.key()).equals(attempt)))
            .isPresent();
    return live.isPresent() && !over;
  }

  /** A node is alone on its host. */
  void stored(Host host) {
    boolean exclusive = host.reservations().stream().anyMatch(Reservation::exclusive);
    unless(
        !exclusive || host.reservations().size() == 1,
        Law.NO_HOST_OVERSUBSCRIBED,
        "a node of a multi-node job is not alone: " + host);
  }

  /** When all is quiet: every node had part in the last attempt of its job. */
  void atTheEnd(Job parent) {
    Dispatch last = parent.lastAttempt().map(Attempt::dispatch).orElse(null);
    if (!parent.isMultiNodeParent() || last == null) {
      return;
    }
    for (int node = 0; node < last.gang().size(); node++) {
      boolean over =
          shadow
              .job(JobKey.node(parent.key().job(), node))
              .filter(item ->
                  item.attempts().stream().anyMatch(it -> it.dispatch().isSamePlacement(last)))
              .isPresent();
      boolean main = parent.spec().nodes() != null && parent.spec().nodes().main() == node;
      unless(main || over, Law.NOTHING_IS_LOST, "node " + node + " of " + parent + " is not over");
    }
  }
}
