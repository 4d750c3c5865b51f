package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.simulator.world.Behaviour;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code attemptDurationSeconds} counts ({@code batch-semantics} 10). */
@DisplayName("Checklist 13: timeouts")
class TimeoutTest {
  private final Simulation service = new Simulation(Conditions.calm(13), Alteration.NONE, false);

  private static String reason(Job job) {
    return ((JobState.Ended) job.state()).reason();
  }

  private static long ran(Attempt attempt) {
    return attempt.stoppedAt() - attempt.startedAt();
  }

  @Test
  @DisplayName("An attempt that runs longer than its timeout is stopped and never tried again")
  void isNotRetried() {
    service.submit(job("a").attempts(3).timeout(60).runs(900, 0)).runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo(Reasons.TIMEOUT);
    assertThat(service.job("a").attempts()).hasSize(1);
    assertThat(ran(service.job("a").attempts().getFirst())).isBetween(60_000L, 90_000L);
  }

  @Test
  @DisplayName("Neither waiting nor the pull of the image counts, however long they take")
  void countsFromTheStart() {
    Behaviour slowPull = new Behaviour(300_000, 50_000, 0, false, 200);
    service
        .submit(job("first").runs(400, 0))
        .submit(job("a").after("first").timeout(60).doing((_, _) -> slowPull))
        .runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("Each attempt has the whole time")
  void countsAnewForEachAttempt() {
    JobPlan.Program third = (_, attempt) -> Behaviour.runs(50_000, attempt == 3 ? 0 : 1);
    service.submit(job("a").attempts(3).timeout(60).doing(third)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a").attempts()).hasSize(3);
  }

  @Test
  @DisplayName("Each child of an array has a time of its own, and the array none")
  void countsForEachChild() {
    JobPlan.Program oneIsSlow = (index, _) -> Behaviour.runs(index == 1 ? 900_000 : 50_000, 0);
    service.submit(job("a").array(4).inSequence().timeout(60).doing(oneIsSlow));
    service.submit(job("b").array(4).timeout(60).doing(oneIsSlow));
    service.runUntilQuiet();
    for (String array : new String[] {"a", "b"}) {
      assertThat(service.job(array, 0).status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(reason(service.job(array, 1))).isEqualTo(Reasons.TIMEOUT);
      assertThat(reason(service.job(array))).isEqualTo(Reasons.CHILD_FAILED);
    }
    assertThat(service.job("b", 3).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("The time of a multi-node job counts once, from the start of its main node")
  void countsOnceForAllNodes() {
    service.submit(job("a").attempts(3).timeout(60).runs(900, 0).nodes(3, 0)).runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo(Reasons.TIMEOUT);
    assertThat(reason(service.node("a", 1).orElseThrow())).isEqualTo(Reasons.TIMEOUT);
    assertThat(service.job("a").attempts()).hasSize(1);
    assertThat(ran(service.job("a").attempts().getFirst())).isBetween(60_000L, 90_000L);
  }
}
