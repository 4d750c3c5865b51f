package dev.longshore.simulator.scenario;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done from outside in a run. A run can be tried without it.
 *
 * @param at from the start of the run
 * @param what in words
 * @param submits the job, if one is submitted; others may wait for it
 * @param does what is done then
 */
record Act(Duration at, String what, @Nullable JobPlan submits, Consumer<Simulation> does) {

  static Act submit(Duration at, JobPlan plan) {
    return new Act(at, "submit " + Words.of(plan), plan, simulation -> simulation.submit(plan));
  }

  static Act of(Duration at, String what, Consumer<Simulation> does) {
    return new Act(at, what, null, does);
  }
}
