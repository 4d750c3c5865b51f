package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.ShareBook.Share;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.FairQueue;
import dev.longshore.core.plan.Snapshot;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a round plans on. */
public final class Snapshots {
  /** At least this many waiting jobs of a queue are looked at, for what is behind the first. */
  private static final int BEHIND = 100;

  /** At most this many jobs of a queue are looked at in a round. */
  static final int WINDOW = 1000;

  /** With more shares than this, a round looks at fewer jobs of each. */
  private static final int MANY_SHARES = 20;

  private static final int OF_MANY = 100;

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
   * @param looked lanes of shares of which at least the beginning was read
   * @param filled lanes in which jobs were found, those that cannot be placed yet among them
   */
  record View(
      Snapshot snapshot,
      List<Line> lines,
      Map<HostId, Host> hosts,
      Map<String, ShareBook> shares,
      Set<LaneKey> looked,
      Set<LaneKey> filled) {}

  /**
   * Reads a domain.
   *
   * @param deep look at {@link #WINDOW} jobs of each queue, not only at those that could be placed
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
    int window = deep ? WINDOW : Math.min(WINDOW, freeVcpus(all.values().stream()) + BEHIND);
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
    Set<LaneKey> looked = new HashSet<>();
    Set<LaneKey> filled = new HashSet<>();
    List<Line> lines = lines(domain, shares, window, left, looked, filled, now);
    Set<String> needed = needed(lines);
    Map<String, ConsumableResource> consumables = new TreeMap<>();
    if (!needed.isEmpty()) {
      needed.forEach(
          name -> catalog.consumable(name).ifPresent(found -> consumables.put(name, found)));
      // Claims are taken at the versions just read, so what is waiting must have been read later:
      // a job that was placed and ended in between could otherwise take again under an old key.
      // And what has a claim is left out for the same reason as what holds room.
      consumables
          .values()
          .forEach(found -> found.claims().forEach(claim -> left.add(claim.attempt().key())));
      lines = lines(domain, shares, window, left, looked, filled, now);
      lines.removeIf(line -> !needed.containsAll(needed(List.of(line))));
    }
    List<Demand> demands = lines.stream().map(Line::demand).toList();
    List<Host> ordered = all.values().stream().sorted(Comparator.comparing(Host::id)).toList();
    Snapshot snapshot =
        new Snapshot(
            now,
            domain.queues(),
            environments,
            ordered,
            demands,
            fleets,
            suspects,
            consumables,
            fair);
    return new View(snapshot, lines, all, shares, looked, filled);
  }

  private List<Line> lines(
      Domains.Domain domain,
      Map<String, ShareBook> shares,
      int window,
      Set<JobKey> left,
      Set<LaneKey> looked,
      Set<LaneKey> filled,
      long now) {
    List<Line> lines = new ArrayList<>();
    for (JobQueue queue : domain.queues()) {
      ShareBook book = shares.get(queue.name());
      lines.addAll(
          book == null
              ? lines(queue, null, 0, window, left, looked, filled, now)
              : lines(queue, book, window, left, looked, filled, now));
    }
    return lines;
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

  /** Of each share its own first jobs, whatever the others have waiting. */
  private List<Line> lines(
      JobQueue queue,
      ShareBook book,
      int window,
      Set<JobKey> excluded,
      Set<LaneKey> looked,
      Set<LaneKey> filled,
      long now) {
    int ofEach = book.shares().size() <= MANY_SHARES ? window : Math.min(window, OF_MANY);
    List<Line> lines = new ArrayList<>();
    for (Share share : book.shares()) {
      int seen = 0;
      for (int priority :
          share.priorities().keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
        if (seen < ofEach) {
          List<Line> some =
              lines(queue, share.name(), priority, ofEach - seen, excluded, looked, filled, now);
          lines.addAll(some);
          seen += some.stream().mapToInt(line -> line.demand().count()).sum();
        }
      }
    }
    return lines;
  }

  private List<Line> lines(
      JobQueue queue,
      @Nullable String share,
      int priority,
      int window,
      Set<JobKey> excluded,
      Set<LaneKey> looked,
      Set<LaneKey> filled,
      long now) {
    List<LineEntry> entries = new ArrayList<>();
    for (Lane lane : List.of(Lane.RUNNABLE, Lane.OPEN)) {
      LaneKey key = LaneKey.of(queue.name(), lane, share, priority);
      List<LineEntry> some = jobs.line(key, null, false, window);
      looked.add(key);
      if (!some.isEmpty()) {
        filled.add(key);
      }
      entries.addAll(some);
    }
    entries.removeIf(entry -> excluded.contains(JobKey.whole(entry.job())));
    entries.sort(Comparator.comparing(LineEntry::position));
    Map<JobKey, Job> parents =
        jobs.findAll(
            entries.stream()
                .filter(entry -> entry.lane() == Lane.OPEN)
                .map(entry -> JobKey.whole(entry.job()))
                .toList());
    List<Line> lines = new ArrayList<>();
    List<LineEntry> run = new ArrayList<>();
    int seen = 0;
    for (LineEntry entry : entries) {
      if (seen >= window) {
        break;
      }
      boolean array = entry.lane() == Lane.OPEN;
      boolean gang = entry.nodes() != null;
      if (!run.isEmpty() && (array || gang || !asksTheSame(run.getLast(), entry))) {
        lines.add(singles(queue, share, priority, run));
        run = new ArrayList<>();
      }
      if (array) {
        Job parent = parents.get(JobKey.whole(entry.job()));
        seen += parent == null ? 0 : array(queue, parent, window, excluded, now, lines);
      } else if (gang) {
        lines.add(gang(queue, share, priority, entry));
        seen++;
      } else {
        run.add(entry);
        seen++;
      }
    }
    if (!run.isEmpty()) {
      lines.add(singles(queue, share, priority, run));
    }
    return lines;
  }

  private static boolean asksTheSame(LineEntry one, LineEntry other) {
    return one.shape().equals(other.shape()) && one.needs().equals(other.needs());
  }

  private static Line singles(
      JobQueue queue, @Nullable String share, int priority, List<LineEntry> run) {
    LineEntry first = run.getFirst();
    Demand demand =
        new Demand(
            queue.name(),
            first.shape(),
            run.size(),
            JobKey.whole(first.job()),
            first.position(),
            false,
            first.needs(),
            share,
            priority);
    return new Line(
        demand, run.stream().map(entry -> (Candidate) new Candidate.Single(entry)).toList());
  }

  private static Line gang(JobQueue queue, @Nullable String share, int priority, LineEntry entry) {
    Demand demand =
        new Demand(
            queue.name(),
            entry.shape(),
            1,
            JobKey.whole(entry.job()),
            entry.position(),
            false,
            entry.needs(),
            share,
            priority,
            entry.nodes());
    return new Line(demand, List.of(new Candidate.Gang(entry)));
  }

  /** Adds the line of an open array; how many children of it wait. */
  private int array(
      JobQueue queue, Job parent, int window, Set<JobKey> excluded, long now, List<Line> lines) {
    if (!(parent.state() instanceof JobState.Open) || parent.stop() != null) {
      return 0;
    }
    int waiting = 0;
    List<JobKey> fresh = new ArrayList<>();
    List<JobKey> again = new ArrayList<>();
    for (ArrayPage page : ArrayFamily.allPages(parent, jobs.pages(parent.key().job()))) {
      for (int place = 0; place < page.states().size(); place++) {
        ChildState state = page.states().at(place);
        JobKey key = JobKey.child(parent.key().job(), page.first() + place);
        if (!state.isRunnable() || excluded.contains(key)) {
          continue;
        }
        waiting++;
        List<JobKey> some = state == ChildState.RUNNABLE ? fresh : again;
        if (some.size() < window) {
          some.add(key);
        }
      }
    }
    List<Candidate> candidates = new ArrayList<>(again(parent, again, now));
    waiting -= again.size() - candidates.size();
    fresh.stream()
        .limit(Math.max(0, window - candidates.size()))
        .forEach(key -> candidates.add(new Candidate.Child(key, parent, null)));
    if (candidates.isEmpty()) {
      return 0;
    }
    boolean retry = candidates.getFirst() instanceof Candidate.Child child && child.item() != null;
    LineEntry.Position order = LineEntry.of(parent).position();
    JobKey first = candidates.getFirst().key();
    lines.add(
        new Line(
            new Demand(
                queue.name(),
                parent.spec().shape(),
                waiting,
                first,
                order,
                retry,
                parent.spec().needs(),
                parent.spec().share(),
                parent.spec().share() == null ? 0 : parent.spec().priority()),
            candidates));
    return waiting;
  }

  /** Children whose attempt failed and whose next one may start now. */
  private List<Candidate> again(Job parent, List<JobKey> keys, long now) {
    Map<JobKey, Job> items = keys.isEmpty() ? Map.of() : jobs.findAll(new HashSet<>(keys));
    List<Candidate> due = new ArrayList<>();
    for (JobKey key : keys) {
      Job item = items.get(key);
      if (item != null
          && item.state() instanceof JobState.Runnable runnable
          && runnable.notBefore() <= now) {
        due.add(new Candidate.Child(key, parent, item));
      }
    }
    return due;
  }
}
