package dev.longshore.simulator.scenario;

import dev.longshore.core.model.ExitRule;
import dev.longshore.simulator.world.Behaviour;
import dev.longshore.simulator.world.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What clients do in a seed: jobs of all kinds, and stops at random times. */
final class Workload {
  private static final int FEWEST_JOBS = 34;
  private static final int MOST_JOBS = 40;
  private static final int SUBMIT_WITHIN_MILLIS = 480_000;
  private static final int STOP_WITHIN_MILLIS = 240_000;
  private static final int SOON_MILLIS = 2_000;

  /** More memory than any instance type has: a time limit of the queue ends the job. */
  private static final int NEVER_FITS_MIB = 200_000;

  private static final long ENDLESS_MILLIS = 1_500_000;
  private static final long LONG_RUN_MILLIS = 150_000;
  private static final int LONGEST_SEQUENCE = 10;
  private static final int MOST_TAKING = 100;

  private static final List<ExitRule> RULES =
      List.of(
          new ExitRule("Host EC2*", null, null, true),
          new ExitRule(null, null, "1", true),
          new ExitRule(null, null, "2*", false),
          new ExitRule("Task failed to start", null, null, true),
          new ExitRule(null, "*", null, false));

  private final Focus focus;
  private final Chance chance;
  private final List<Act> acts = new ArrayList<>();

  Workload(Focus focus, Chance chance) {
    this.focus = focus;
    this.chance = chance;
  }

  /** What clients do and when, in the order in which it was thought of. */
  List<Act> acts() {
    int jobs = chance.between(FEWEST_JOBS, MOST_JOBS);
    boolean large = chance.perMille(60);
    List<String> names = new ArrayList<>();
    Map<Integer, List<String>> arrays = new HashMap<>();
    for (int number = 0; number < jobs; number++) {
      JobPlan any = large && number == 0 ? large(number) : plan(number, names);
      JobPlan plan = focus.shape(any, names, chance);
      if (plan.arraySize() > 0) {
        plan = inOrder(plan, arrays);
        arrays.computeIfAbsent(plan.arraySize(), _ -> new ArrayList<>()).add(plan.name());
      }
      submit(plan.needs().isEmpty() ? taking(plan) : plan);
      names.add(plan.name());
    }
    stopMany(names);
    acts.addAll(new CatalogActs(chance).acts());
    return List.copyOf(acts);
  }

  /** CancelJobs or TerminateJobs of several at once. */
  private void stopMany(List<String> names) {
    if (chance.perMille(400)) {
      List<String> some = names.stream().filter(_ -> chance.perMille(150)).toList();
      boolean cancel = chance.perMille(500);
      Duration at = Duration.ofMillis(chance.between(0, SUBMIT_WITHIN_MILLIS));
      acts.add(Act.of(at, "stop " + some, simulation -> simulation.stopAll(some, cancel)));
    }
  }

  private void submit(JobPlan plan) {
    Duration at = Duration.ofMillis(chance.between(0, SUBMIT_WITHIN_MILLIS));
    acts.add(Act.submit(at, plan));
    stops(plan, at);
  }

  /** Some jobs take of what there is little of, others of what does not come back. */
  private JobPlan taking(JobPlan some) {
    JobPlan plan = some;
    if (chance.perMille(150) && plan.arraySize() < MOST_TAKING) {
      // Many children that wait for each other's licences would take too long.
      int most = plan.arraySize() > LONGEST_SEQUENCE ? 1 : 4;
      plan = plan.taking(Setting.LICENCE, chance.between(1, most));
    }
    if (chance.perMille(150)) {
      plan = plan.taking(Setting.DOSE, chance.between(1, 9));
    }
    return plan;
  }

  /** Some arrays are paired with earlier ones, of which they then have the size, or sequences. */
  private JobPlan inOrder(JobPlan plan, Map<Integer, List<String>> earlier) {
    JobPlan ordered = plan;
    if (!earlier.isEmpty() && chance.perMille(500)) {
      int size = chance.of(List.copyOf(new TreeSet<>(earlier.keySet())));
      ordered = ordered.array(size);
      for (String other : earlier.getOrDefault(size, List.of())) {
        ordered = chance.perMille(700) ? ordered.paired(other) : ordered;
      }
    }
    boolean shortOne = ordered.arraySize() <= LONGEST_SEQUENCE;
    return shortOne && chance.perMille(400) ? ordered.inSequence() : ordered;
  }

  /** An array of more than one page. */
  private JobPlan large(int number) {
    return JobPlan.job("job-" + number)
        .array(chance.between(1_001, 1_200))
        .needs(1, 64)
        .doing(program(chance.any(), 3_000, 20));
  }

  private JobPlan plan(int number, List<String> earlier) {
    JobPlan plan =
        JobPlan.job("job-" + number)
            .in(
                chance.of(
                    List.of(
                        Setting.QUEUE,
                        Setting.QUEUE,
                        Setting.URGENT,
                        Setting.APART,
                        Setting.SHARED)))
            .needs(chance.of(List.of(1, 1, 1, 2, 4)), chance.of(List.of(256, 1_024, 7_000)))
            .doing(program(chance.any(), LONG_RUN_MILLIS, chance.of(List.of(0, 50, 300))));
    if (chance.perMille(350)) {
      plan = plan.array((int) chance.skewed(2, 60)).needs(1, 512);
    } else if (plan.queue().equals(Setting.SHARED) && chance.perMille(150)) {
      plan = plan.needs(1, NEVER_FITS_MIB);
    }
    if (plan.arraySize() == 0 && chance.perMille(150)) {
      int nodes = chance.between(2, 6);
      plan = plan.nodes(nodes, chance.between(0, nodes - 1));
    }
    if (!earlier.isEmpty() && chance.perMille(450)) {
      for (int i = chance.between(1, 3); i > 0; i--) {
        String other = chance.of(earlier);
        plan = plan.after().contains(other) ? plan : plan.after(other);
      }
    }
    if (chance.perMille(400)) {
      plan = plan.attempts(chance.between(2, 4), rules());
    }
    if (chance.perMille(200)) {
      plan = plan.timeout(chance.between(60, 100));
    }
    return chance.perMille(100) ? plan.withoutIdempotency() : plan;
  }

  private ExitRule[] rules() {
    List<ExitRule> some = new ArrayList<>();
    for (ExitRule rule : RULES) {
      if (chance.perMille(250)) {
        some.add(rule);
      }
    }
    return some.toArray(ExitRule[]::new);
  }

  /** Attempts that follow from a number of their own, however often and whenever they begin. */
  private static JobPlan.Program program(long seed, long longestMillis, int failPerMille) {
    return (index, attempt) -> {
      Chance own = new Chance(seed * 31 + index * 1_009L + attempt);
      int exitCode = own.perMille(failPerMille) ? own.of(List.of(1, 2, 25, 137)) : 0;
      long stopMillis = own.perMille(200) ? 60_000 : own.between(50, 5_000);
      return new Behaviour(
          own.skewed(50, 20_000),
          own.perMille(10) ? ENDLESS_MILLIS : own.skewed(0, longestMillis),
          exitCode,
          own.perMille(failPerMille / 4),
          stopMillis);
    };
  }

  private void stops(JobPlan plan, Duration submitted) {
    int within = focus.stopsWithinMillis();
    if (!chance.perMille(within > 0 ? 900 : 350)) {
      return;
    }
    long after = chance.skewed(0, STOP_WITHIN_MILLIS);
    // Some come while the job is about to be placed, which is soon after it was submitted.
    long soon = within > 0 ? chance.between(0, within) : after % SOON_MILLIS;
    Duration at = submitted.plusMillis(within > 0 || after % 10 < 4 ? soon : after);
    boolean cancel = chance.perMille(500);
    int[] child =
        plan.arraySize() > 0 && chance.perMille(400)
            ? new int[] {chance.between(0, plan.arraySize() - 1)}
            : new int[0];
    String whom = plan.name() + (child.length == 0 ? "" : ":" + child[0]);
    acts.add(
        cancel
            ? Act.of(at, "cancel " + whom, run -> run.cancel(plan.name(), child))
            : Act.of(at, "terminate " + whom, run -> run.terminate(plan.name(), child)));
  }
}
