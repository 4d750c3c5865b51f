package dev.longshore.simulator.scenario;

import dev.longshore.simulator.invariant.Coverage;
import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.world.Fault;
import java.util.Map;

/**
 * What a run was worth.
 *
 * @param seed its seed
 * @param jobs submissions that were accepted
 * @param items jobs, array parents and children that were stored
 * @param events things that happened: deliveries, timers, tasks, calls of clients
 * @param calls calls of ports by handlers
 * @param records stream records
 * @param millis virtual time
 * @param faults how often each fault struck
 * @param coverage changes and pairs seen
 */
public record Report(
    long seed,
    int jobs,
    int items,
    int events,
    int calls,
    int records,
    long millis,
    Map<Fault, Integer> faults,
    Coverage coverage) {
  private static final int LEAST_JOBS = 30;
  private static final int LEAST_EVENTS = 500;
  private static final int LEAST_FAULTS = 20;

  /** Faults that struck; a pause is none, it only lets others go first. */
  public int faultCount() {
    return faults.entrySet().stream()
        .filter(entry -> entry.getKey() != Fault.PAUSE)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Throws unless the run had enough jobs, events and faults to prove something. */
  public void mustBeWorthIt() {
    if (jobs < LEAST_JOBS || events < LEAST_EVENTS || faultCount() < LEAST_FAULTS) {
      throw new Violation(Law.SEED_IS_WORTH_IT, line());
    }
  }

  /** The run in one line. */
  public String line() {
    return "seed %d: %d jobs, %d items, %d events, %d calls, %d records, %d faults, %d min"
        .formatted(seed, jobs, items, events, calls, records, faultCount(), millis / 60_000);
  }
}
