package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.simulator.world.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The service as clients see it when nothing goes wrong; every law is checked all along. */
class ScenarioTest {
  private final Simulation service = new Simulation(Conditions.calm(1), Alteration.NONE, false);

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static String reason(Job job) {
    return ((JobState.Ended) job.state()).reason();
  }

  @Test
  @DisplayName("A job whose program exits with 0 is SUCCEEDED after one attempt")
  void succeeds() {
    service.submit(job("a").runs(20, 0)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a").attempts()).hasSize(1);
  }

  @Test
  @DisplayName("A failing program is tried as often as asked, then the job is FAILED")
  void isRetried() {
    service.submit(job("a").attempts(3).runs(5, 1)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.FAILED);
    assertThat(service.job("a").attempts()).hasSize(3);
  }

  @Test
  @DisplayName("evaluateOnExit ends a job at once where it says EXIT")
  void exitRuleEndsIt() {
    ExitRule exit = new ExitRule(null, null, "2*", false);
    service.submit(job("a").attempts(3, exit).runs(5, 25)).runUntilQuiet();
    assertThat(service.job("a").attempts()).hasSize(1);
  }

  @Test
  @DisplayName("A start that fails is tried again, after a back-off")
  void startFailureIsRetried() {
    JobPlan.Program program =
        (_, attempt) -> attempt == 1 ? Behaviour.neverStarts() : Behaviour.runs(1_000, 0);
    service.submit(job("a").attempts(2).doing(program)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a").attempts().getFirst().statusReason())
        .isEqualTo(Reasons.FAILED_TO_START);
  }

  @Test
  @DisplayName("A dependent starts after all that it waits for, and fails with the first failure")
  void dependentsFollow() {
    service
        .submit(job("a").runs(30, 0))
        .submit(job("b").runs(60, 0))
        .submit(job("bad").runs(10, 1))
        .submit(job("joined").after("a", "b"))
        .submit(job("spoilt").after("a", "bad"))
        .runUntilQuiet();
    long lastEnd = ((JobState.Ended) service.job("b").state()).stoppedAt();
    assertThat(service.job("joined").attempts().getFirst().startedAt()).isGreaterThan(lastEnd);
    assertThat(reason(service.job("spoilt"))).isEqualTo(Reasons.DEPENDENCY_FAILED);
    assertThat(service.job("spoilt").attempts()).isEmpty();
  }

  @Test
  @DisplayName("An array runs all its children and fails when one of them did")
  void arrayFailsWithAChild() {
    service
        .submit(job("a").array(40).doing((index, _) -> Behaviour.runs(3_000, index == 7 ? 1 : 0)))
        .runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo(Reasons.CHILD_FAILED);
    assertThat(service.job("a", 7).status()).isEqualTo(JobStatus.FAILED);
    assertThat(service.job("a", 39).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("An array of more than a page ends when the last page does")
  void arrayOfTwoPages() {
    service.submit(job("a").array(1_200).needs(1, 100)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("A cancel reaches what has not started; a terminate reaches what runs")
  void stops() {
    service
        .submit(job("running").runs(600, 0))
        .submit(job("waiting").after("running"))
        .submit(job("stopped").runs(600, 0))
        .advance(seconds(180))
        .cancel("running")
        .cancel("waiting")
        .terminate("stopped")
        .runUntilQuiet();
    assertThat(service.job("running").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(reason(service.job("waiting"))).isEqualTo("cancelled by a client");
    assertThat(reason(service.job("stopped"))).isEqualTo("terminated by a client");
    assertThat(service.job("stopped").attempts()).hasSize(1);
  }

  @Test
  @DisplayName("A terminated array stops the children that run and starts no other")
  void terminatedArray() {
    service
        .submit(job("a").array(300).runs(300, 0))
        .advance(seconds(150))
        .terminate("a")
        .runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo("terminated by a client");
    assertThat(service.elapsed()).isLessThan(seconds(1_200).toMillis());
  }

  @Test
  @DisplayName("A child that is stopped while its array waits leaves the other children alone")
  void childStoppedWhileTheArrayWaits() {
    service
        .submit(job("first").runs(200, 0))
        .submit(job("a").array(3).after("first"))
        .advance(seconds(20))
        .cancel("a", 1)
        .runUntilQuiet();
    assertThat(service.job("a", 0).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a", 2).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a").status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @DisplayName("An array whose children were all stopped while it waited ends when it would begin")
  void allChildrenStoppedWhileTheArrayWaits() {
    service
        .submit(job("first").runs(200, 0))
        .submit(job("a").array(2).after("first"))
        .advance(seconds(20))
        .cancel("a", 0)
        .cancel("a", 1)
        .runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @DisplayName("Children of an array count as failed when what it waits for fails, one stopped too")
  void arrayWithAStoppedChildFailsWithItsDependency() {
    service
        .submit(job("first").runs(200, 1))
        .submit(job("a").array(3).after("first"))
        .advance(seconds(20))
        .cancel("a", 1)
        .runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo(Reasons.DEPENDENCY_FAILED);
  }

  @Test
  @DisplayName("Jobs of a queue with higher priority start before those that wait in its domain")
  void urgentFirst() {
    service.submit(job("many").array(900).runs(60, 0)).advance(seconds(120));
    service.submit(job("urgent").in(Setting.URGENT)).advance(seconds(150));
    assertThat(service.job("urgent").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("many").status()).isEqualTo(JobStatus.PENDING);
    service.runUntilQuiet();
  }
}
