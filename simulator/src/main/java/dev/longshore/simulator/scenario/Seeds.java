package dev.longshore.simulator.scenario;

import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.world.Chance;
import java.util.List;
import java.util.Optional;

/** Runs that follow from a seed: conditions, workload, faults and order of events. */
public final class Seeds {
  private Seeds() {}

  /**
   * How a run went.
   *
   * @param run which one
   * @param report what it was worth, as far as it came
   * @param violation the law that was broken, if one was
   * @param strikes how often chance wanted something to go wrong
   * @param trace what happened, if it was traced
   */
  public record Result(
      Case run, Report report, Optional<Violation> violation, int strikes, List<String> trace) {}

  /** Runs a seed over the service with this alteration. */
  public static Result run(long seed, Alteration alteration, boolean traced) {
    return run(Case.of(seed), alteration, traced);
  }

  /** Runs a case over the service with this alteration. */
  public static Result run(Case run, Alteration alteration, boolean traced) {
    Simulation simulation = new Simulation(run.conditions(), alteration, traced);
    List<Act> acts = acts(run);
    for (int number = 1; number <= acts.size(); number++) {
      Act act = acts.get(number - 1);
      JobPlan submits = act.submits();
      if (run.keeps(number)) {
        simulation.later(act.at(), () -> act.does().accept(simulation));
      } else if (submits != null) {
        simulation.leaveOut(submits.name());
      }
    }
    Optional<Violation> violation = Optional.empty();
    try {
      simulation.runUntilQuiet();
      if (run.isWhole()) {
        simulation.report().mustBeWorthIt();
      }
    } catch (Violation broken) {
      violation = Optional.of(broken);
    }
    return new Result(
        run, simulation.report(), violation, simulation.strikes(), simulation.trace());
  }

  /** What clients do in a case, also what it leaves out. */
  static List<Act> acts(Case run) {
    return new Workload(run.focus(), new Chance(~run.seed())).acts();
  }
}
