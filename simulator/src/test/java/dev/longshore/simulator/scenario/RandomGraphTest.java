package dev.longshore.simulator.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random graphs of jobs, also under faults. */
@DisplayName("Checklist 8: dependencies in random graphs")
class RandomGraphTest {
  private static final int JOBS = 60;

  @ParameterizedTest(name = "graph {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName(
      "Every job starts after all it depends on, every descendant of a failure fails for it")
  void graph(long seed) {
    Random chance = new Random(seed);
    boolean rough = seed % 2 == 0;
    Conditions conditions = rough ? Conditions.rough(seed) : Conditions.calm(seed);
    Simulation service = new Simulation(conditions, Alteration.NONE, false);
    List<JobPlan> plans = new ArrayList<>();
    Set<String> failing = new HashSet<>();
    for (int number = 0; number < JOBS; number++) {
      boolean fails = chance.nextInt(20) == 0;
      JobPlan plan = JobPlan.job("job-" + number).runs(1 + chance.nextInt(20), fails ? 1 : 0);
      for (int i = chance.nextInt(4); i > 0 && number > 0; i--) {
        String other = "job-" + chance.nextInt(number);
        plan = plan.after().contains(other) ? plan : plan.after(other);
      }
      if (fails) {
        failing.add(plan.name());
      }
      plans.add(plan);
      service.submit(plan);
    }
    service.runUntilQuiet();
    Map<String, Job> ended = new HashMap<>();
    plans.forEach(plan -> service.find(plan.name()).ifPresent(job -> ended.put(plan.name(), job)));
    if (!rough) {
      assertThat(ended).hasSize(JOBS);
    }
    plans.stream()
        .filter(plan -> ended.containsKey(plan.name()))
        .forEach(plan -> {
          boolean known = ended.keySet().containsAll(plan.after());
          if (known) {
            check(plan, ended, failing, rough);
          }
        });
  }

  private static void check(
      JobPlan plan, Map<String, Job> ended, Set<String> failing, boolean rough) {
    Job job = requireNonNull(ended.get(plan.name()));
    List<JobState.Ended> before =
        plan.after().stream()
            .map(name -> (JobState.Ended) requireNonNull(ended.get(name)).state())
            .toList();
    JobState.Ended end = (JobState.Ended) job.state();
    if (before.stream().anyMatch(other -> !other.succeeded())) {
      assertThat(end.succeeded()).isFalse();
      assertThat(end.reason()).isEqualTo(Reasons.DEPENDENCY_FAILED);
      assertThat(job.attempts()).isEmpty();
      return;
    }
    assertThat(end.reason()).isNotEqualTo(Reasons.DEPENDENCY_FAILED);
    assertThat(job.attempts()).isNotEmpty();
    if (!rough && failing.contains(plan.name())) {
      assertThat(end.succeeded()).isFalse();
    }
    // Under faults the clocks differ; there the simulator's laws hold the order.
    long last = before.stream().mapToLong(JobState.Ended::stoppedAt).max().orElse(0);
    for (Attempt attempt : rough ? List.<Attempt>of() : job.attempts()) {
      assertThat(attempt.dispatch().placedAt()).isGreaterThanOrEqualTo(last);
    }
  }
}
