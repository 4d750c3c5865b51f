package dev.longshore.simulator.scenario;

import dev.longshore.simulator.invariant.Coverage;
import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.world.Fault;
import java.util.EnumMap;
import java.util.Map;

/** What many runs were worth together. */
public final class Summary {
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Map<Law, Integer> broken = new EnumMap<>(Law.class);
  private final Coverage coverage = new Coverage();
  private int runs;
  private long jobs;
  private long items;
  private long events;
  private long calls;
  private long millis;

  /** Adds a run. */
  public void add(Seeds.Result result) {
    Report report = result.report();
    runs++;
    jobs += report.jobs();
    items += report.items();
    events += report.events();
    calls += report.calls();
    millis += report.millis();
    report.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
    result.violation().ifPresent(violation -> broken.merge(violation.law(), 1, Integer::sum));
    coverage.add(report.coverage());
  }

  /** Runs in which a law was broken. */
  public int failures() {
    return broken.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The report, as text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d seeds, %d failed: %d jobs, %d items, %d events, %d calls of ports, %d h of time%n"
            .formatted(runs, failures(), jobs, items, events, calls, millis / 3_600_000));
    broken.forEach((law, count) -> text.append("broken %5d  %s%n".formatted(count, law)));
    faults.forEach((fault, count) -> text.append("fault %8d  %s%n".formatted(count, fault)));
    coverage
        .transitions()
        .forEach((step, count) -> text.append("step %9d  %s%n".formatted(count, step)));
    coverage
        .pairs()
        .forEach((pair, count) ->
            text.append(
                "pair %9d  changed, %7d ignored: %s%n"
                    .formatted(count.changed(), count.ignored(), pair)));
    coverage.neverMet().forEach(pair -> text.append("never met: %s%n".formatted(pair)));
    return text.toString();
  }
}
