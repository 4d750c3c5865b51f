package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a multi-node job but its main one, whose task is the job's own: they begin when the
 * main node runs and end when it is over ({@code batch-semantics} 8). Every node gets an item for
 * every attempt whose main node is over, also one that never started: with it its room is given
 * back, and without it no further attempt begins.
 */
final class NodeCare {
  private static final int PORTION = 25;
  private static final int TRIES = 8;

  private final JobStore jobs;
  private final JobWrites writes;
  private final HostStore hosts;
  private final TaskStarter starter;
  private final WorkQueue work;
  private final InstantSource clock;

  /** By one sweep: each of a thousand nodes may show that the same must be done with them all. */
  private final Set<Work> asked = ConcurrentHashMap.newKeySet();

  NodeCare(
      JobStore jobs, HostStore hosts, TaskStarter starter, WorkQueue work, InstantSource clock) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.hosts = hosts;
    this.starter = starter;
    this.work = work;
    this.clock = clock;
  }

  /** Index of the main node. */
  static int mainOf(Job parent) {
    return Objects.requireNonNull(parent.spec().nodes()).main();
  }

  /** Keys of the nodes but the main one. */
  static List<JobKey> otherNodes(Job parent, int from, int limit) {
    NodeGroups nodes = Objects.requireNonNull(parent.spec().nodes());
    return IntStream.range(from, (int) Math.min(nodes.count(), (long) from + limit))
        .filter(node -> node != nodes.main())
        .mapToObj(node -> JobKey.node(parent.key().job(), node))
        .toList();
  }

  /** True when this node's part in that placement of its job is over. */
  static boolean isOver(Job node, Dispatch placement) {
    return node.attempts().stream().anyMatch(past -> past.dispatch().isSamePlacement(placement));
  }

  /**
   * True for room that is taken for a node which does not hold it, or not yet: its main node is
   * still being started, or what was to be done with the nodes is asked for again here.
   *
   * @param node as it is stored, absent when it never began
   */
  boolean isSpokenFor(HostId host, Reservation reservation, @Nullable Job node) {
    JobKey key = reservation.attempt().key();
    if (key.member() != JobKey.Member.NODE) {
      return false;
    }
    Job parent = jobs.find(JobKey.whole(key.job())).orElse(null);
    if (parent == null) {
      return false;
    }
    Optional<Dispatch> over = parent.lastAttempt().map(Attempt::dispatch);
    boolean due = parent.dispatch().filter(live -> means(live, host, reservation)).isPresent();
    boolean left = over.filter(past -> means(past, host, reservation)).isPresent();
    boolean begun = node != null && over.isPresent() && isOver(node, over.get());
    if (!due && (!left || begun)) {
      return false;
    }
    following(parent).ifPresent(this::ask);
    return true;
  }

  private static boolean means(Dispatch placement, HostId host, Reservation reservation) {
    AttemptKey attempt = reservation.attempt();
    int node = attempt.key().index();
    return placement.attempt() == attempt.attempt()
        && placement.dispatch() == attempt.dispatch()
        && placement.gang().size() > node
        && placement.hostOf(node).equals(host);
  }

  /** Stops a live node whose main node is over, should that have been missed. */
  void sweep(Job node) {
    Job parent = jobs.find(JobKey.whole(node.key().job())).orElse(null);
    Optional<Dispatch> main = parent == null ? Optional.empty() : parent.dispatch();
    boolean part =
        main.isPresent() && node.dispatch().filter(main.get()::isSamePlacement).isPresent();
    if (!part || (parent != null && parent.stop() != null && node.stop() == null)) {
      ask(new Work.StopNodes(node.key().job(), 0));
    }
  }

  /** A sweep begins: what it finds to be done with all nodes of a job is asked for once. */
  void sweepBegins() {
    asked.clear();
  }

  private void ask(Work forAllNodes) {
    if (asked.add(forAllNodes)) {
      work.send(forAllNodes, Duration.ZERO);
    }
  }

  /** Starts a portion of the nodes, if the main node runs. */
  void start(Work.StartNodes portion) {
    Job parent = jobs.find(JobKey.whole(portion.parent())).orElse(null);
    Dispatch live = parent == null ? null : running(parent);
    if (parent == null || live == null) {
      return;
    }
    long now = clock.millis();
    List<JobKey> keys = otherNodes(parent, portion.from(), PORTION);
    Map<JobKey, Job> known = jobs.findAll(keys);
    List<Job> begun = new ArrayList<>();
    for (JobKey key : keys) {
      begin(parent, key, known.get(key), live, now).ifPresent(begun::add);
    }
    // Read again: if the main node ended before these items were there, nobody else stops them.
    Job since = jobs.find(parent.key()).orElse(null);
    boolean goesOn = since != null && live.equals(running(since));
    for (Job node : begun) {
      if (goesOn) {
        starter.startAll(List.of(node));
      } else {
        writes.apply(node, new JobEvent.StopRequested(stopFor(since, now)), now);
      }
    }
    int next = portion.from() + PORTION;
    if (goesOn && next < live.gang().size()) {
      work.send(new Work.StartNodes(portion.parent(), next), Duration.ZERO);
    }
  }

  /** Where the main node runs, unless it was told to stop. */
  private static @Nullable Dispatch running(Job parent) {
    return parent.state() instanceof JobState.Running running
            && parent.stop() == null
            && !running.dispatch().gang().isEmpty()
        ? running.dispatch()
        : null;
  }

  /** The node in STARTING; empty when it has begun already or its host is gone. */
  private Optional<Job> begin(Job parent, JobKey key, @Nullable Job item, Dispatch live, long now) {
    HostId id = live.hostOf(key.index());
    Host host = hosts.find(id).filter(it -> it.state() != Host.State.GONE).orElse(null);
    Dispatch own = live.ofNode(key.index(), containerInstance(host, id), now);
    List<JobEvent> events = new ArrayList<>(List.of(new JobEvent.Placed(own)));
    if (host == null) {
      TaskEnd lost = TaskEnd.hostLost(id, 0, now);
      events.add(new JobEvent.TaskStopped(own.keyOf(key), null, lost));
    }
    return store(parent, key, item, events, now).filter(node -> node.dispatch().isPresent());
  }

  private static String containerInstance(@Nullable Host host, HostId id) {
    return host == null || host.containerInstance() == null
        ? id.instance()
        : host.containerInstance();
  }

  /** The node after these events, if they change it and nobody else was faster. */
  private Optional<Job> store(
      Job parent, JobKey key, @Nullable Job item, List<JobEvent> events, long now) {
    Job before = item == null ? Job.fresh(key, parent.spec(), new JobState.Runnable(0)) : item;
    Job after = writes.applyAll(before, events, now);
    boolean stored =
        after.version() != before.version()
            && (item == null ? jobs.createChild(after) : jobs.save(after));
    return stored ? Optional.of(after) : Optional.empty();
  }

  /** Stops a portion of the nodes that are not, or shall no longer be, part of a live attempt. */
  void stop(Work.StopNodes portion) {
    Job parent = jobs.find(JobKey.whole(portion.parent())).orElse(null);
    if (parent == null || parent.spec().nodes() == null) {
      return;
    }
    long now = clock.millis();
    List<JobKey> keys = otherNodes(parent, portion.from(), PORTION);
    Map<JobKey, Job> known = jobs.findAll(keys);
    for (JobKey key : keys) {
      stop(parent, key, known.get(key), now);
    }
    int next = portion.from() + PORTION;
    if (next < parent.spec().nodes().count()) {
      work.send(new Work.StopNodes(portion.parent(), next), Duration.ZERO);
    }
  }

  private void stop(Job parent, JobKey key, @Nullable Job read, long now) {
    Job item = read;
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Dispatch> live = item == null ? Optional.empty() : item.dispatch();
      if (live.isPresent()) {
        boolean stale = parent.dispatch().filter(live.get()::isSamePlacement).isEmpty();
        if (stale || parent.stop() != null) {
          writes.apply(key, item, List.of(new JobEvent.StopRequested(stopFor(parent, now))), now);
        }
        return;
      }
      Optional<Dispatch> over = neverBegun(parent, item);
      if (over.isEmpty()
          || store(parent, key, item, asOver(parent, key, over.get(), now), now).isPresent()) {
        return;
      }
      item = jobs.find(key).orElse(null);
    }
  }

  /** The placement of the last attempt, when it is over and this node never had part in it. */
  private static Optional<Dispatch> neverBegun(Job parent, @Nullable Job item) {
    return parent
        .lastAttempt()
        .map(Attempt::dispatch)
        .filter(over -> !over.gang().isEmpty())
        .filter(over -> item == null || !isOver(item, over));
  }

  private List<JobEvent> asOver(Job parent, JobKey key, Dispatch over, long now) {
    HostId id = over.hostOf(key.index());
    Dispatch own =
        over.ofNode(key.index(), containerInstance(hosts.find(id).orElse(null), id), now);
    StopRequest stop = stopFor(parent, now);
    TaskEnd end = new TaskEnd(TaskEnd.Cause.STOPPED, stop.reason(), null, null, 0, now);
    return List.of(
        new JobEvent.Placed(own),
        new JobEvent.StopRequested(stop),
        new JobEvent.TaskStopped(own.keyOf(key), null, end));
  }

  /**
   * Why the nodes stop: as their job was told, or because their main node is over. A cancel would
   * not reach a node that has started, and its main node can only have ended before it.
   */
  private static StopRequest stopFor(@Nullable Job parent, long now) {
    StopRequest own = parent == null ? null : parent.stop();
    return own != null && own.kind() != StopRequest.Kind.CANCEL
        ? own
        : new StopRequest(StopRequest.Kind.SERVICE, Reasons.MAIN_NODE_ENDED, now);
  }

  /** What a change of a whole multi-node job asks to be done with its nodes, if anything. */
  static Optional<Work> following(Job parent) {
    JobId id = parent.key().job();
    boolean over =
        parent.lastAttempt().filter(last -> !last.dispatch().gang().isEmpty()).isPresent();
    return switch (parent.state()) {
      case JobState.Running _ ->
          Optional.of(
              parent.stop() == null ? new Work.StartNodes(id, 0) : new Work.StopNodes(id, 0));
      case JobState.Runnable _, JobState.Ended _ ->
          over ? Optional.of(new Work.StopNodes(id, 0)) : Optional.empty();
      case JobState.Starting _, JobState.Pending _, JobState.Open _ -> Optional.empty();
    };
  }
}
