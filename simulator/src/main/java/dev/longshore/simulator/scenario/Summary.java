package dev.longshore.simulator.scenario;

import dev.longshore.simulator.invariant.Coverage;
import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Pair;
import dev.longshore.simulator.world.Fault;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What many runs were worth together. The same runs, in whatever order, give the same text. */
public final class Summary {
  private static final int MOST_NAMED = 20;

  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Map<Law, Integer> broken = new EnumMap<>(Law.class);
  private final SortedSet<Long> failed = new TreeSet<>();
  private final Coverage coverage = new Coverage();
  private final Set<Pair> lost = new TreeSet<>();
  private int runs;
  private long jobs;
  private long items;
  private long events;
  private long calls;
  private long millis;
  private int leastJobs = Integer.MAX_VALUE;
  private int leastEvents = Integer.MAX_VALUE;
  private int leastFaults = Integer.MAX_VALUE;

  /** Adds a run. */
  public void add(Seeds.Result result) {
    Report report = result.report();
    runs++;
    jobs += report.jobs();
    items += report.items();
    events += report.events();
    calls += report.calls();
    millis += report.millis();
    leastJobs = Math.min(leastJobs, report.jobs());
    leastEvents = Math.min(leastEvents, report.events());
    leastFaults = Math.min(leastFaults, report.faultCount());
    report.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
    result
        .violation()
        .ifPresent(violation -> {
          broken.merge(violation.law(), 1, Integer::sum);
          failed.add(report.seed());
        });
    coverage.add(report.coverage());
  }

  /** Adds races that were lost on purpose: the pairs that met in them. */
  public void addLost(Collection<Pair> pairs) {
    lost.addAll(pairs);
  }

  /** Runs so far. */
  public int runs() {
    return runs;
  }

  /** Runs in which a law was broken. */
  public int failures() {
    return failed.size();
  }

  /** The first of the seeds that failed. */
  public String failed() {
    List<String> some = failed.stream().limit(MOST_NAMED).map(String::valueOf).toList();
    return String.join(", ", some) + (failed.size() > MOST_NAMED ? " ..." : "");
  }

  /** Pairs that are possible and were met neither by a seed nor by a race lost on purpose. */
  public List<Pair> neverMet() {
    return coverage.neverMet().stream().filter(pair -> !lost.contains(pair)).toList();
  }

  /** Pairs that no seed met, but a race that was lost on purpose. */
  List<Pair> onlyOnPurpose() {
    return coverage.neverMet().stream().filter(lost::contains).toList();
  }

  /** The report, as text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d seeds, %d failed: %d jobs, %d items, %d events, %d calls of ports, %d h of time%n"
            .formatted(runs, failures(), jobs, items, events, calls, millis / 3_600_000));
    text.append(
        "least in one seed: %d jobs, %d events, %d faults%n"
            .formatted(leastJobs, leastEvents, leastFaults));
    text.append(
        "%d laws, checked with every change: %d broken%n"
            .formatted(Law.values().length, broken.size()));
    broken.forEach((law, count) -> text.append("broken %5d  %s%n".formatted(count, law)));
    for (Fault fault : Fault.values()) {
      text.append("fault %8d  %s%n".formatted(faults.getOrDefault(fault, 0), fault));
    }
    coverage
        .transitions()
        .forEach((step, count) -> text.append("step %9d  %s%n".formatted(count, step)));
    Map<Pair, Coverage.Count> pairs = coverage.pairs();
    text.append(
        "pairs of state and event: %d by seeds, %d more by races lost on purpose, of %d possible%n"
            .formatted(
                pairs.size(),
                onlyOnPurpose().size(),
                pairs.size() + onlyOnPurpose().size() + neverMet().size()));
    pairs.forEach((pair, count) ->
        text.append(
            "pair %9d changed %8d ignored  %s%n"
                .formatted(count.changed(), count.ignored(), pair)));
    onlyOnPurpose()
        .forEach(pair -> text.append("lost on purpose                   %s%n".formatted(pair)));
    neverMet()
        .forEach(pair -> text.append("never met                         %s%n".formatted(pair)));
    return text.toString();
  }
}
