package dev.longshore.core.usecase;

import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.EnvironmentLooks;
import dev.longshore.core.plan.Hold;
import dev.longshore.core.plan.LineUp;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.plan.Reason;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.JobExplanation.Dependency;
import dev.longshore.core.usecase.JobExplanation.Held;
import dev.longshore.core.usecase.JobExplanation.Line;
import dev.longshore.core.usecase.JobExplanation.WaitsForRoom;
import dev.longshore.core.usecase.JobExplanation.Why;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says in full what a job waits for ({@code batch-semantics} 23, number 1). It reads what a
 * scheduling round reads and plans as one would, without applying anything: what it says is what
 * the planner decides on.
 */
public final class ExplainJob {
  private final JobStore jobs;
  private final CatalogStore catalog;
  private final DescribeJobs describe;
  private final Snapshots snapshots;
  private final Planner planner;
  private final InstanceTypes types;
  private final InstantSource clock;

  public ExplainJob(
      JobStore jobs,
      CatalogStore catalog,
      HostStore hosts,
      InstanceTypes types,
      InstantSource clock) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.describe = new DescribeJobs(jobs, catalog, clock);
    this.snapshots = new Snapshots(jobs, hosts, catalog);
    this.planner = new Planner(types);
    this.types = types;
    this.clock = clock;
  }

  /** The explanation; empty when there is no such job. */
  public Optional<JobExplanation> explain(JobKey key) {
    return describe.describe(List.of(key)).stream()
        .findFirst()
        .map(description -> new JobExplanation(description.view(), why(description)));
  }

  private Why why(JobDescription description) {
    Job job = description.view().job();
    return switch (job.state()) {
      case JobState.Pending pending ->
          pending.waits().isEmpty() ? waitsForOthers(job) : waitsFor(pending.waits());
      case JobState.Open _ -> new JobExplanation.WaitsForChildren(description.summary());
      case JobState.Runnable runnable ->
          runnable.notBefore() > clock.millis()
              ? new JobExplanation.WaitsForRetry(runnable.notBefore())
              : waitsForRoom(job);
      case JobState.Starting starting ->
          new JobExplanation.HasHost(starting.dispatch(), starting.task(), 0);
      case JobState.Running running ->
          new JobExplanation.HasHost(running.dispatch(), running.task(), running.startedAt());
      case JobState.Ended ended -> new JobExplanation.IsOver(ended);
    };
  }

  private Why waitsFor(Set<JobId> targets) {
    Map<JobKey, Job> found = jobs.findAll(targets.stream().map(JobKey::whole).toList());
    return new JobExplanation.WaitsForJobs(
        targets.stream()
            .sorted(Comparator.comparing(JobId::toString))
            .map(id -> new Dependency(JobKey.whole(id), found.get(JobKey.whole(id))))
            .toList());
  }

  /** A child of an array in which children wait for children. */
  private Why waitsForOthers(Job child) {
    List<JobKey> others = StatusReasons.waitsFor(child);
    Map<JobKey, Job> found = new HashMap<>();
    describe
        .describe(others)
        .forEach(other -> found.put(other.view().job().key(), other.view().job()));
    return new JobExplanation.WaitsForJobs(
        others.stream().map(key -> new Dependency(key, found.get(key))).toList());
  }

  private Why waitsForRoom(Job job) {
    String name = job.spec().queue();
    Optional<Domains.Domain> domain = Domains.of(catalog.queues(), new TreeSet<>()).named(name);
    if (domain.isEmpty()) {
      return new WaitsForRoom(null, null, job.spec().shape(), List.of());
    }
    Snapshots.View view = snapshots.read(domain.get(), true, Set.of(), Set.of(), clock.millis());
    JobQueue queue =
        domain.get().queues().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    Snapshot snapshot = view.snapshot();
    Plan plan = planner.plan(snapshot);
    int demand = demandOf(job.key(), view.lines());
    return new WaitsForRoom(
        line(queue, job.key(), demand, view, plan),
        demand < 0 ? unseen(job, view) : hold(job, demand, view, plan),
        job.spec().shape(),
        EnvironmentLooks.of(snapshot, types, queue, job.spec().shape(), job.spec().nodes()));
  }

  /** The demand that the job is part of; -1 when it is too far behind, or being placed just now. */
  private static int demandOf(JobKey key, List<Snapshots.Line> lines) {
    return IntStream.range(0, lines.size())
        .filter(index -> placeIn(key, lines.get(index)) >= 0)
        .findFirst()
        .orElse(-1);
  }

  private static int placeIn(JobKey key, Snapshots.Line line) {
    List<Candidate> candidates = line.candidates();
    return IntStream.range(0, candidates.size())
        .filter(place -> candidates.get(place).key().equals(key))
        .findFirst()
        .orElse(-1);
  }

  private static Line line(JobQueue queue, JobKey key, int demand, Snapshots.View view, Plan plan) {
    List<Demand> demands = view.snapshot().demands();
    Optional<Hold> first =
        plan.holds().stream()
            .filter(hold -> demands.get(hold.demand()).queue().equals(queue.name()))
            .findFirst();
    return new Line(
        queue,
        demand < 0 ? -1 : ahead(key, demand, view),
        first.map(hold -> head(hold.demand(), view, plan)).orElse(null),
        first.map(Hold::text).orElse(null));
  }

  /** Holds are for the last jobs of a demand: those before them are placed. */
  private static int placed(int demand, Snapshots.View view, Plan plan) {
    int held = holds(demand, plan).stream().mapToInt(Hold::count).sum();
    return view.lines().get(demand).demand().count() - held;
  }

  private static List<Hold> holds(int demand, Plan plan) {
    return plan.holds().stream().filter(hold -> hold.demand() == demand).toList();
  }

  private static JobKey head(int demand, Snapshots.View view, Plan plan) {
    Snapshots.Line line = view.lines().get(demand);
    int placed = placed(demand, view, plan);
    return placed < line.candidates().size()
        ? line.candidates().get(placed).key()
        : line.demand().first();
  }

  /** How many jobs of the queue would start before this one if there were room for all. */
  private static int ahead(JobKey key, int demand, Snapshots.View view) {
    String queue = view.snapshot().demands().get(demand).queue();
    return LineUp.ahead(view.snapshot(), queue, demand, placeIn(key, view.lines().get(demand)));
  }

  private @Nullable Held hold(Job job, int demand, Snapshots.View view, Plan plan) {
    int behind = placeIn(job.key(), view.lines().get(demand)) - placed(demand, view, plan);
    if (behind < 0) {
      return null;
    }
    for (Hold hold : holds(demand, plan)) {
      if (behind < hold.count()) {
        return held(hold, job);
      }
      behind -= hold.count();
    }
    return null;
  }

  private Held held(Hold hold, Job job) {
    long since =
        entries(job)
            .filter(entry -> entry.reason().equals(hold.text()))
            .mapToLong(Holds.Entry::since)
            .findFirst()
            .orElse(0);
    return new Held(hold.text(), since, hold.reason().isForGood());
  }

  /** For a job that is too far behind, or is being placed just now: then others know more. */
  private @Nullable Held unseen(Job job, Snapshots.View view) {
    if (view.left().contains(job.key())) {
      return stored(job);
    }
    Plan plan = planner.plan(snapshots.withUnseen(view, job).snapshot());
    return holds(view.window(), plan).stream()
        .findFirst()
        .map(hold -> held(hold, job))
        .orElse(null);
  }

  /** What the last round said of jobs like this one. */
  private @Nullable Held stored(Job job) {
    return entries(job)
        .findFirst()
        .map(entry ->
            new Held(
                entry.reason(),
                entry.since(),
                Reason.of(entry.reason()).filter(Reason::isForGood).isPresent()))
        .orElse(null);
  }

  private Stream<Holds.Entry> entries(Job job) {
    JobSpec spec = job.spec();
    return catalog.holds(spec.queue()).entries().stream().filter(entry -> entry.isOf(spec));
  }
}
