package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.plan.GangPlacement;
import dev.longshore.core.plan.Placement;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.Snapshots.Line;
import dev.longshore.core.usecase.Snapshots.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Applies a plan's placements: take consumable resources, reserve the hosts, hand children over in
 * their pages, move jobs to STARTING, start the tasks ({@code data-model} 3 and 5). Each write may
 * be refused; what is refused is dropped and its room given back, and the next round plans again.
 */
final class Dispatcher {
  private final JobStore jobs;
  private final JobWrites writes;
  private final HostStore hosts;
  private final Claims claims;
  private final Releases releases;
  private final Orphans orphans;
  private final GangDispatch gangs;
  private final TaskStarter starter;
  private final int mostStarts;

  Dispatcher(
      JobStore jobs, HostStore hosts, CatalogStore catalog, TaskStarter starter, int mostStarts) {
    this.jobs = jobs;
    this.writes = new JobWrites(jobs);
    this.hosts = hosts;
    this.claims = new Claims(catalog);
    this.releases = new Releases(hosts);
    this.orphans = new Orphans(jobs, hosts);
    this.gangs = new GangDispatch(jobs, hosts, claims);
    this.starter = starter;
    this.mostStarts = mostStarts;
  }

  /**
   * What became of a plan.
   *
   * @param started jobs that are STARTING now
   * @param stale candidates that turned out not to wait
   * @param raced true when a host or page was changed by others, or more could have been started
   */
  record Outcome(int started, Set<JobKey> stale, boolean raced) {}

  /** A job on its way to a host. */
  private record Move(Job before, Job after, Host host, boolean hasItem) {
    Reservation reservation() {
      return Reservation.of(after.key(), after.spec(), after.dispatch().orElseThrow());
    }

    JobKey key() {
      return after.key();
    }
  }

  Outcome apply(View view, Plan plan, long now) {
    Set<JobKey> stale = new HashSet<>();
    List<Move> moves = moves(view, plan, now, stale);
    Map<String, ConsumableResource> seen = new HashMap<>(view.snapshot().consumables());
    List<Move> provided = claim(moves, seen);
    List<Move> reserved = reserve(provided);
    Releases.Batch back = releases.batch();
    List<Move> handedOver = handOver(reserved, back, now);
    List<Job> starting = new ArrayList<>();
    for (Move move : handedOver) {
      boolean stored = move.hasItem() ? jobs.save(move.after()) : jobs.createChild(move.after());
      if (stored) {
        starting.add(move.after());
      } else {
        // The page first: it is the room that leads the sweep here when this is cut off.
        if (!move.key().isWhole()) {
          orphans.repairPage(move.key());
        }
        back.add(move.host().id(), move.reservation());
      }
    }
    back.release(now);
    giveBackClaims(provided, starting);
    int placed = plan.placements().stream().mapToInt(Placement::count).sum();
    boolean raced = starting.size() < moves.size() || placed > mostStarts;
    for (GangPlacement placement : plan.gangs()) {
      JobKey key = view.snapshot().demands().get(placement.demand()).first();
      switch (gangs.place(key, placement, view.hosts(), seen, now)) {
        case GangDispatch.Outcome.Placed(Job job) -> starting.add(job);
        case GangDispatch.Outcome.Stale _ -> stale.add(key);
        case GangDispatch.Outcome.Raced _ -> raced = true;
      }
    }
    starter.startAll(starting);
    return new Outcome(starting.size(), stale, raced);
  }

  private List<Move> moves(View view, Plan plan, long now, Set<JobKey> stale) {
    Map<Integer, Integer> taken = new HashMap<>();
    Map<Candidate, Host> chosen = new LinkedHashMap<>();
    for (Placement placement : plan.placements()) {
      Line line = view.lines().get(placement.demand());
      int from = taken.merge(placement.demand(), placement.count(), Integer::sum);
      from -= placement.count();
      int to = Math.min(from + placement.count(), line.candidates().size());
      for (int next = from; next < to && chosen.size() < mostStarts; next++) {
        chosen.put(line.candidates().get(next), view.hosts().get(placement.host()));
      }
    }
    Map<JobKey, Job> singles =
        jobs.findAll(
            chosen.keySet().stream()
                .filter(Candidate.Single.class::isInstance)
                .map(Candidate::key)
                .toList());
    List<Move> moves = new ArrayList<>();
    chosen.forEach((candidate, host) -> {
      Job before =
          switch (candidate) {
            case Candidate.Single single -> singles.get(single.key());
            case Candidate.Child child -> Candidate.unplaced(child);
            case Candidate.Gang _ ->
                throw new IllegalStateException("a multi-node job is never placed on one host");
          };
      boolean hasItem = !(candidate instanceof Candidate.Child child && child.item() == null);
      if (before == null || !place(before, host, hasItem, now, moves)) {
        stale.add(candidate.key());
      }
    });
    return moves;
  }

  private boolean place(Job before, Host host, boolean hasItem, long now, List<Move> moves) {
    Dispatch dispatch = Candidate.dispatch(before, host, now);
    Step step = writes.step(before, new JobEvent.Placed(dispatch), now);
    if (step instanceof Step.Changed(Job after)) {
      moves.add(new Move(before, after, host, hasItem));
      return true;
    }
    return false;
  }

  /** Those that got what they need of consumable resources, before any host is touched. */
  private List<Move> claim(List<Move> moves, Map<String, ConsumableResource> seen) {
    Set<JobKey> provided = claims.take(moves.stream().map(Move::after).toList(), seen);
    return moves.stream().filter(move -> provided.contains(move.key())).toList();
  }

  private void giveBackClaims(List<Move> provided, List<Job> starting) {
    Set<JobKey> used = new HashSet<>();
    starting.forEach(job -> used.add(job.key()));
    claims.giveBack(
        provided.stream().filter(move -> !used.contains(move.key())).map(Move::after).toList());
  }

  /** One write per host for all that goes there. */
  private List<Move> reserve(List<Move> moves) {
    Map<HostId, List<Move>> byHost = new TreeMap<>();
    moves.forEach(
        move -> byHost.computeIfAbsent(move.host().id(), _ -> new ArrayList<>()).add(move));
    List<Move> reserved = new ArrayList<>();
    byHost.forEach((id, there) -> {
      Set<Reservation> added = new HashSet<>();
      there.forEach(move -> added.add(move.reservation()));
      if (hosts.reserve(id, there.getFirst().host().version(), added)) {
        reserved.addAll(there);
      }
    });
    return reserved;
  }

  /** One write per page for all its children; singles pass. */
  private List<Move> handOver(List<Move> reserved, Releases.Batch back, long now) {
    List<Move> passed = new ArrayList<>();
    Map<JobId, Map<Integer, List<Move>>> byPage = new TreeMap<>();
    for (Move move : reserved) {
      if (move.key().isWhole()) {
        passed.add(move);
      } else {
        byPage
            .computeIfAbsent(move.key().job(), _ -> new TreeMap<>())
            .computeIfAbsent(move.key().index() / ArrayPage.SIZE, _ -> new ArrayList<>())
            .add(move);
      }
    }
    byPage.forEach((parent, pages) ->
        pages.forEach((number, moves) -> handOver(parent, number, moves, passed, back, now)));
    return passed;
  }

  private void handOver(
      JobId id, int number, List<Move> moves, List<Move> passed, Releases.Batch back, long now) {
    Job parent = jobs.find(JobKey.whole(id)).orElseThrow();
    ArrayPage page = ArrayFamily.pageOf(parent, number, jobs.page(id, number).orElse(null));
    Set<Integer> wanted = new TreeSet<>();
    for (Move move : moves) {
      ChildState state = page.state(move.key().index());
      if (state == (move.hasItem() ? ChildState.RUNNABLE_AGAIN : ChildState.RUNNABLE)) {
        wanted.add(move.key().index());
      }
    }
    ArrayPage handed = ArrayFamily.handOver(page, wanted);
    boolean stored = parent.stop() == null && handed.differsFrom(page) && jobs.savePage(handed);
    // Read again: a stop that came after the read above has closed this page before our write, or
    // will find its children here; only we know those that have no item yet.
    StopRequest stop = stored ? jobs.find(JobKey.whole(id)).orElseThrow().stop() : null;
    if (stop != null) {
      takeBack(handed, moves, stop, now);
    }
    for (Move move : moves) {
      if (stored && stop == null && wanted.contains(move.key().index())) {
        passed.add(move);
      } else {
        back.add(move.host().id(), move.reservation());
      }
    }
  }

  /** Ends children that were handed over in the page and have no item, for this reason. */
  private void takeBack(ArrayPage handed, List<Move> moves, StopRequest stop, long now) {
    for (Move move : moves) {
      if (handed.state(move.key().index()) == ChildState.HANDED_OVER) {
        if (move.hasItem()) {
          writes.apply(move.key(), new JobEvent.StopRequested(stop), now);
        } else {
          jobs.createChild(StopJob.endedUnstarted(move.key(), move.after().spec(), stop));
        }
      }
    }
  }
}
