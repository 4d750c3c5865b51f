package dev.longshore.simulator.scenario;

import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.world.Chance;
import java.util.List;
import java.util.Optional;

/** Runs that follow from a seed: conditions, workload, faults and order of events. */
public final class Seeds {
  private static final int LAST_LINES = 60;

  private Seeds() {}

  /**
   * How a seed went.
   *
   * @param report what it was worth, as far as it came
   * @param violation the law that was broken, if one was
   * @param trace what happened, if it was traced
   */
  public record Result(Report report, Optional<Violation> violation, List<String> trace) {}

  /** Runs a seed over the service with this alteration. */
  public static Result run(long seed, Alteration alteration, boolean traced) {
    Simulation simulation = new Simulation(Conditions.rough(seed), alteration, traced);
    for (Act act : new Workload(new Chance(~seed)).acts()) {
      simulation.later(act.at(), () -> act.does().accept(simulation));
    }
    Optional<Violation> violation = Optional.empty();
    try {
      simulation.runUntilQuiet();
      simulation.report().mustBeWorthIt();
    } catch (Violation broken) {
      violation = Optional.of(broken);
    }
    return new Result(simulation.report(), violation, simulation.trace());
  }

  /** What a person needs to find out why a seed failed; the run is repeated for its last steps. */
  public static String explain(Result failed) {
    long seed = failed.report().seed();
    List<String> trace = run(seed, Alteration.NONE, true).trace();
    List<String> last = trace.subList(Math.max(0, trace.size() - LAST_LINES), trace.size());
    return """
    seed %d broke %s
    %s
    last steps:
      %s
    replay with: ./longshore simulate --seed %d --trace
    """
        .formatted(
            seed,
            failed.violation().map(broken -> broken.getMessage()).orElse("nothing"),
            failed.report().line(),
            String.join("\n  ", last),
            seed);
  }
}
