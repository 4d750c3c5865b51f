package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.plan.GangPlacement;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Places a multi-node job: take what all its nodes need of consumable resources, reserve every
 * host, then move the job to STARTING, which says where each node will be. That write is the one
 * that counts; before it nothing of the job has started, and whatever refuses on the way makes all
 * that was taken be given back ({@code data-model} 9).
 */
final class GangDispatch {
  private final JobStore jobs;
  private final JobWrites writes;
  private final HostStore hosts;
  private final Claims claims;
  private final Releases releases;

  GangDispatch(JobStore jobs, HostStore hosts, Claims claims) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.hosts = hosts;
    this.claims = claims;
    this.releases = new Releases(hosts);
  }

  /** What became of a placement. */
  sealed interface Outcome {
    /** The job is STARTING. */
    record Placed(Job job) implements Outcome {}

    /** It does not wait, or nodes of its last attempt are not over yet. */
    record Stale() implements Outcome {}

    /** A resource, a host or the job was changed by others. */
    record Raced() implements Outcome {}
  }

  /**
   * Places one.
   *
   * @param known the hosts as they were when it was planned
   * @param resources the consumable resources as they were then; what is taken is entered
   */
  Outcome place(
      JobKey key,
      GangPlacement placement,
      Map<HostId, Host> known,
      Map<String, ConsumableResource> resources,
      long now) {
    Job before = jobs.find(key).orElse(null);
    if (before == null || before.spec().nodes() == null || !nodesAreOver(before)) {
      return new Outcome.Stale();
    }
    Host main = host(known, placement.hosts().get(before.spec().nodes().main()));
    List<String> instances = placement.hosts().stream().map(HostId::instance).toList();
    Dispatch dispatch = Candidate.dispatch(before, main, now).withGang(instances);
    if (!(writes.step(before, new JobEvent.Placed(dispatch), now)
        instanceof Step.Changed(Job after))) {
      return new Outcome.Stale();
    }
    if (claims.take(List.of(after), resources).isEmpty()) {
      return new Outcome.Raced();
    }
    if (!reserve(rooms(after, dispatch), known, after, now)) {
      claims.giveBack(List.of(after));
      return new Outcome.Raced();
    }
    return new Outcome.Placed(after);
  }

  /** Takes all the room and stores the job, or gives back what it got. */
  private boolean reserve(
      Map<HostId, Reservation> wanted, Map<HostId, Host> known, Job after, long now) {
    Releases.Batch taken = releases.batch();
    for (Map.Entry<HostId, Reservation> room : wanted.entrySet()) {
      HostId host = room.getKey();
      if (!hosts.reserve(host, host(known, host).version(), Set.of(room.getValue()))) {
        taken.release(now);
        return false;
      }
      taken.add(host, room.getValue());
    }
    if (!jobs.save(after)) {
      taken.release(now);
      return false;
    }
    return true;
  }

  private static Host host(Map<HostId, Host> known, HostId id) {
    return Objects.requireNonNull(known.get(id), () -> "planned on an unknown host " + id);
  }

  /** What each node takes of its host, by host. */
  static Map<HostId, Reservation> rooms(Job parent, Dispatch dispatch) {
    Map<HostId, Reservation> rooms = new TreeMap<>();
    int main = NodeCare.mainOf(parent);
    for (int node = 0; node < dispatch.gang().size(); node++) {
      JobKey key = node == main ? parent.key() : JobKey.node(parent.key().job(), node);
      rooms.put(dispatch.hostOf(node), Reservation.of(key, parent.spec(), dispatch));
    }
    return rooms;
  }

  /** True when every node of the last attempt is known to be over; then another may begin. */
  private boolean nodesAreOver(Job parent) {
    Optional<Dispatch> last =
        parent.lastAttempt().map(Attempt::dispatch).filter(over -> !over.gang().isEmpty());
    if (last.isEmpty()) {
      return true;
    }
    List<JobKey> keys = NodeCare.otherNodes(parent, 0, Integer.MAX_VALUE);
    Map<JobKey, Job> nodes = jobs.findAll(keys);
    return keys.stream()
        .map(nodes::get)
        .allMatch(node -> node != null && NodeCare.isOver(node, last.get()));
  }
}
