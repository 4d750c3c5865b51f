package dev.longshore.core.usecase;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.FairQueue;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.LineReader.Rest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a round plans on. */
public final class Snapshots {
  /** At least this many waiting jobs of a queue are looked at, for what is behind the first. */
  private static final int BEHIND = 100;

  private final JobStore jobs;
  private final HostStore hosts;
  private final CatalogStore catalog;

  public Snapshots(JobStore jobs, HostStore hosts, CatalogStore catalog) {
    this.jobs = jobs;
    this.hosts = hosts;
    this.catalog = catalog;
  }

  /**
   * Waiting work of one queue that is decided together, with those of it that may be placed now.
   *
   * @param candidates the first of them, enough for all free room
   */
  record Line(Demand demand, List<Candidate> candidates) {
    Line {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * What was read, with what it stands for.
   *
   * @param shares those of each fair-share queue
   * @param looked lanes of which at least the beginning was read
   * @param filled lanes in which jobs were found, those that cannot be placed yet among them
   * @param rests what is left of the lanes
   * @param window how many of the lines are from the beginnings of the lanes; they come first
   * @param left jobs that are left out
   */
  record View(
      Snapshot snapshot,
      List<Line> lines,
      Map<HostId, Host> hosts,
      Map<String, ShareBook> shares,
      Set<LaneKey> looked,
      Set<LaneKey> filled,
      List<Rest> rests,
      int window,
      Set<JobKey> left) {

    /** The same with these lines instead of those that are not from the beginnings. */
    View with(List<Line> deeper, Map<String, ConsumableResource> consumables, Set<JobKey> without) {
      List<Line> all = new ArrayList<>(lines.subList(0, window));
      all.addAll(deeper);
      Snapshot other =
          new Snapshot(
              snapshot.now(),
              snapshot.queues(),
              snapshot.environments(),
              snapshot.hosts(),
              all.stream().map(Line::demand).toList(),
              snapshot.fleets(),
              snapshot.suspects(),
              consumables,
              snapshot.fair());
      return new View(other, all, hosts, shares, looked, filled, rests, window, without);
    }
  }

  /**
   * Reads a domain.
   *
   * @param deep look at {@link LineReader#WINDOW} jobs of each queue, not only at those that could
   *     be placed
   * @param excluded jobs that turned out not to wait
   */
  View read(
      Domains.Domain domain, boolean deep, Set<JobKey> excluded, Set<HostId> suspects, long now) {
    List<ComputeEnvironment> environments = new ArrayList<>();
    Map<HostId, Host> all = new HashMap<>();
    Map<String, Fleet> fleets = new HashMap<>();
    for (String name : domain.environments()) {
      catalog.environment(name).ifPresent(environments::add);
      // The fleet first: what is launched after this read changes its version.
      fleets.put(name, hosts.fleet(name));
      hosts.hosts(name).forEach(host -> all.put(host.id(), host));
    }
    // A job that holds room is being placed by another round, or was until that was cut off; its
    // next placement could bear the same key, and would then be released with the other.
    Set<JobKey> left = new HashSet<>(excluded);
    for (Host host : all.values()) {
      for (Reservation taken : host.reservations()) {
        JobKey holder = taken.attempt().key();
        // A multi-node job begins again only when all its nodes are over and have given back.
        left.add(holder.member() == Member.NODE ? JobKey.whole(holder.job()) : holder);
      }
    }
    int window =
        deep
            ? LineReader.WINDOW
            : Math.min(LineReader.WINDOW, freeVcpus(all.values().stream()) + BEHIND);
    Map<String, ShareBook> shares = new HashMap<>();
    Map<String, FairQueue> fair = new HashMap<>();
    for (JobQueue queue : domain.queues()) {
      String policy = queue.schedulingPolicy();
      if (policy != null) {
        ShareBook book = catalog.shares(queue.name());
        shares.put(queue.name(), book);
        fair.put(queue.name(), Shares.fairQueue(book, Shares.policyOf(catalog, policy), now));
      }
    }
    LineReader reader = read(domain, shares, window, left, now);
    Set<String> needed = needed(reader.lines());
    Map<String, ConsumableResource> consumables = new TreeMap<>();
    if (!needed.isEmpty()) {
      consumables = claimed(needed, left);
      Set<LaneKey> filled = reader.filled();
      reader = read(domain, shares, window, left, now);
      reader.filled().addAll(filled);
      reader.lines().removeIf(line -> !needed.containsAll(needed(List.of(line))));
    }
    List<Line> lines = reader.lines();
    List<Host> ordered = all.values().stream().sorted(Comparator.comparing(Host::id)).toList();
    Snapshot snapshot =
        new Snapshot(
            now,
            domain.queues(),
            environments,
            ordered,
            lines.stream().map(Line::demand).toList(),
            fleets,
            suspects,
            consumables,
            fair);
    return new View(
        snapshot,
        lines,
        all,
        shares,
        reader.looked(),
        reader.filled(),
        reader.rests(),
        lines.size(),
        left);
  }

  /**
   * These resources. Claims are taken at the versions just read, so what waits must be read after
   * this: a job that was placed and ended in between could otherwise take again under an old key.
   * And what has a claim is left out for the same reason as what holds room.
   */
  private Map<String, ConsumableResource> claimed(Set<String> names, Set<JobKey> left) {
    Map<String, ConsumableResource> found = new TreeMap<>();
    names.forEach(name -> catalog.consumable(name).ifPresent(it -> found.put(name, it)));
    found.values().forEach(it -> it.claims().forEach(claim -> left.add(claim.attempt().key())));
    return found;
  }

  private LineReader read(
      Domains.Domain domain,
      Map<String, ShareBook> shares,
      int window,
      Set<JobKey> left,
      long now) {
    LineReader reader = new LineReader(jobs, left, now);
    for (JobQueue queue : domain.queues()) {
      ShareBook book = shares.get(queue.name());
      if (book == null) {
        reader.begin(queue, window);
      } else {
        reader.begin(queue, book, window);
      }
    }
    return reader;
  }

  /**
   * What was found further back.
   *
   * @param view with it, and with what it replaces gone
   * @param found false when nothing was: then the view is the same
   * @param rest what is still left of the lane, absent at its end
   */
  record Further(View view, boolean found, @Nullable Rest rest) {}

  /**
   * Reads on in a lane.
   *
   * @param kept lines of the view that stay, beside those from the beginnings
   * @param wanted what is worth a look
   */
  Further readOn(View view, List<Line> kept, Rest rest, Predicate<LineEntry> wanted) {
    Set<JobKey> left = new HashSet<>(view.left());
    Map<String, ConsumableResource> consumables = new TreeMap<>(view.snapshot().consumables());
    LineReader reader = new LineReader(jobs, left, view.snapshot().now());
    Optional<Rest> after = reader.goOn(rest, wanted);
    Set<String> unknown = needed(reader.lines());
    unknown.removeAll(consumables.keySet());
    if (!unknown.isEmpty()) {
      consumables.putAll(claimed(unknown, left));
      reader = new LineReader(jobs, left, view.snapshot().now());
      after = reader.goOn(rest, wanted);
      Set<String> known = new TreeSet<>(unknown);
      known.addAll(consumables.keySet());
      reader.lines().removeIf(line -> !known.containsAll(needed(List.of(line))));
    }
    if (reader.lines().isEmpty()) {
      return new Further(view, false, after.orElse(null));
    }
    List<Line> deeper = new ArrayList<>(kept);
    deeper.addAll(reader.lines());
    return new Further(view.with(deeper, consumables, left), true, after.orElse(null));
  }

  /** The view with a job in it that was not seen: as if it came behind all that were. */
  View withUnseen(View view, Job job) {
    Set<JobKey> left = new HashSet<>(view.left());
    Map<String, ConsumableResource> consumables = new TreeMap<>(view.snapshot().consumables());
    Line line = LineReader.alone(job);
    Set<String> unknown = needed(List.of(line));
    unknown.removeAll(consumables.keySet());
    consumables.putAll(claimed(unknown, left));
    return view.with(List.of(line), consumables, left);
  }

  /** Names of the consumable resources that these lines need. */
  private static Set<String> needed(List<Line> lines) {
    return lines.stream()
        .flatMap(line -> line.demand().needs().stream())
        .map(Need::resource)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int freeVcpus(Stream<Host> hosts) {
    return hosts
        .filter(host -> host.state() == Host.State.ACTIVE)
        .mapToInt(host -> Math.max(0, host.free().vcpus()))
        .sum();
  }
}
