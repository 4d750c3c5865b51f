package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Fair share and time limits in the whole service. */
class QueueRulesTest {
  private static final int TOO_MUCH_MIB = 200_000;

  private final Simulation service = new Simulation(Conditions.calm(1), Alteration.NONE, false);

  private static JobPlan shared(String name) {
    return job(name).in(Setting.SHARED);
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static void assertCancelled(Job job) {
    assertThat(job.state()).isInstanceOf(JobState.Ended.class);
    assertThat(((JobState.Ended) job.state()).reason())
        .isEqualTo(
            "Canceled by JobStateTimeLimit action due to reason:"
                + " MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT");
  }

  private int ended(String share, int jobs) {
    int ended = 0;
    for (int number = 0; number < jobs; number++) {
      ended += service.job(number + share).status() == JobStatus.SUCCEEDED ? 1 : 0;
    }
    return ended;
  }

  @Test
  @DisplayName(
      "A saturated queue gives the share of half the weight twice as much, first come or not")
  void sharesOfAQueue() {
    int jobs = 400;
    for (int number = 0; number < jobs; number++) {
      service.submit(shared(number + "a").runs(60, 0));
    }
    for (int number = 0; number < jobs; number++) {
      service.submit(shared(number + "b").runs(60, 0));
    }
    service.advance(minutes(20));
    double ratio = (double) ended("b", jobs) / ended("a", jobs);
    assertThat(ended("a", jobs)).isGreaterThan(50);
    assertThat(ratio).isBetween(1.8, 2.2);
    service.runUntilQuiet();
  }

  @Test
  @DisplayName(
      "A head that never fits is cancelled after its time, then its time starts for the next")
  void theHeadIsCancelled() {
    service
        .submit(shared("large-1x").needs(1, TOO_MUCH_MIB))
        .advance(minutes(1))
        .submit(shared("large-2x").needs(1, TOO_MUCH_MIB))
        .submit(shared("small-1x").runs(5, 0))
        .advance(minutes(8));
    assertThat(service.job("small-1x").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("large-1x").status()).isEqualTo(JobStatus.RUNNABLE);
    service.advance(minutes(3));
    assertCancelled(service.job("large-1x"));
    assertThat(service.job("large-2x").status()).isEqualTo(JobStatus.RUNNABLE);
    service.advance(minutes(8));
    assertThat(service.job("large-2x").status()).isEqualTo(JobStatus.RUNNABLE);
    service.runUntilQuiet();
    assertCancelled(service.job("large-2x"));
  }

  @Test
  @DisplayName("Children of an array that never fit are cancelled one after the other")
  void childrenAreCancelled() {
    service.submit(shared("large-1").array(2).needs(1, TOO_MUCH_MIB)).advance(minutes(12));
    assertThat(service.job("large-1").status()).isEqualTo(JobStatus.PENDING);
    service.runUntilQuiet();
    assertThat(service.job("large-1").status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @DisplayName("Without a limit for its reason a job waits on")
  void withoutALimit() {
    service.submit(job("large").in(Setting.APART).needs(1, TOO_MUCH_MIB)).advance(minutes(120));
    assertThat(service.job("large").status()).isEqualTo(JobStatus.RUNNABLE);
  }
}
