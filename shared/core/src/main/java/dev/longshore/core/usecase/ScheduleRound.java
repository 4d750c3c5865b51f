package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Front;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Nudges;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One round of a scheduling domain: read a snapshot, plan, apply, say why the rest waits. Rounds
 * may run at the same time or be cut off anywhere; conditional writes keep them right.
 */
public final class ScheduleRound {
  /** Jobs that the lagging index still shows as waiting are planned around, this often. */
  private static final int PASSES = 3;

  private final Snapshots snapshots;
  private final LookAhead ahead;
  private final Dispatcher dispatcher;
  private final Planner planner;
  private final HoldBook holds;
  private final Shares shares;
  private final StopJob stop;
  private final TaskStarter starter;
  private final Wakeups wakeups;
  private final Nudges nudges;
  private final InstantSource clock;

  /** With rounds that start all that they may. */
  public ScheduleRound(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      Planner planner,
      TaskStarter starter,
      Nudges nudges,
      InstantSource clock) {
    this(jobs, hosts, catalog, planner, starter, nudges, clock, Integer.MAX_VALUE);
  }

  /**
   * With rounds of limited length.
   *
   * @param mostStarts how many jobs a round starts at most, multi-node ones apart: as many as the
   *     runner takes within about two seconds. The rest waits for the next round
   */
  public ScheduleRound(
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      Planner planner,
      TaskStarter starter,
      Nudges nudges,
      InstantSource clock,
      int mostStarts) {
    this.snapshots = new Snapshots(jobs, hosts, catalog);
    this.ahead = new LookAhead(snapshots, catalog, LineSearch.Reader.SCHEDULER);
    this.dispatcher = new Dispatcher(jobs, hosts, catalog, starter, mostStarts);
    this.planner = planner;
    this.holds = new HoldBook(catalog);
    this.shares = new Shares(catalog);
    this.stop = new StopJob(jobs, clock);
    this.starter = starter;
    this.wakeups = new Wakeups(catalog, nudges);
    this.nudges = nudges;
    this.clock = clock;
  }

  /** What starts now: room that is left is left for whom it is large enough. */
  private record Starts(Planner planner) implements LookAhead.Plans<Plan> {
    @Override
    public Plan plan(Snapshot snapshot) {
      return planner.plan(snapshot);
    }

    @Override
    public Plan outcome(Plan plan) {
      return plan;
    }

    @Override
    public boolean isLeft(JobQueue queue, Snapshot snapshot, Plan plan) {
      return queue.environments().stream().anyMatch(plan.spare()::contains);
    }
  }

  /** Runs a round of the domain that this name means now; an unknown one is no error. */
  public void run(String domain) {
    wakeups.domain(domain).ifPresent(this::run);
  }

  private void run(Domains.Domain domain) {
    long now = clock.millis();
    Map<String, Holds> said = holds.read(domain.queues());
    Set<JobKey> excluded = new HashSet<>();
    for (int pass = 1; pass <= PASSES; pass++) {
      LookAhead.Planned<Plan> planned =
          ahead.plan(
              snapshots.read(domain, false, excluded, starter.suspects(), now),
              new Starts(planner));
      Snapshots.View view = planned.view();
      Plan plan = planned.plan();
      Dispatcher.Outcome outcome = dispatcher.apply(view, plan, now);
      excluded.addAll(outcome.stale());
      boolean last = outcome.stale().isEmpty() || pass == PASSES;
      if (last) {
        finish(domain, view, plan, outcome, said);
        shares.note(view, plan);
        return;
      }
    }
  }

  private void finish(
      Domains.Domain domain,
      Snapshots.View view,
      Plan plan,
      Dispatcher.Outcome outcome,
      Map<String, Holds> said) {
    Snapshot snapshot = view.snapshot();
    HoldBook.Outcome told = holds.write(view, plan, said);
    for (Front front : told.due()) {
      stop.cancel(front.job(), Reasons.timeLimit(front.reason()));
    }
    boolean again = !told.due().isEmpty() || told.refused();
    if (again || outcome.raced() || !outcome.stale().isEmpty()) {
      nudges.scheduler(domain.name());
    }
    if (!plan.holds().isEmpty()
        && snapshot.environments().stream().anyMatch(it -> Headroom.isIn(it, snapshot))) {
      nudges.capacity(domain.name());
    }
  }
}
