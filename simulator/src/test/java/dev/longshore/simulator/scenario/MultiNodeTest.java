package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.simulator.world.Behaviour;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Multi-node parallel jobs, with nothing going wrong but what a test asks for. */
class MultiNodeTest {
  private final Simulation service = new Simulation(Conditions.calm(11), Alteration.NONE, false);

  private Job node(String name, int index) {
    return service.node(name, index).orElseThrow();
  }

  private static String reason(Job job) {
    return ((JobState.Ended) job.state()).reason();
  }

  private static HostId hostOf(Job job) {
    return job.attempts().getFirst().dispatch().host();
  }

  @Test
  @DisplayName("Checklist 21: when the main node exits its job is over and nodes are stopped")
  void nodesStopWithMain() {
    JobPlan.Program program = (index, _) -> Behaviour.runs(index == 0 ? 60_000 : 3_000_000, 0);
    service.submit(job("a").doing(program).nodes(4, 0)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    for (int index = 1; index < 4; index++) {
      assertThat(node("a", index).status()).isEqualTo(JobStatus.FAILED);
      assertThat(reason(node("a", index))).isEqualTo(Reasons.MAIN_NODE_ENDED);
    }
    assertThat(service.elapsed()).isLessThan(Duration.ofMinutes(20).toMillis());
  }

  @Test
  @DisplayName("Checklist 21: a node that dies does not end the job, nor is it begun again")
  void aNodeMayDie() {
    JobPlan.Program program = (index, _) -> Behaviour.runs(60_000, index == 2 ? 1 : 0);
    service.submit(job("a").attempts(3).doing(program).nodes(4, 0)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a").attempts()).hasSize(1);
    assertThat(node("a", 2).status()).isEqualTo(JobStatus.FAILED);
    assertThat(node("a", 2).attempts()).hasSize(1);
  }

  @Test
  @DisplayName("Nodes begin after the main node runs, each alone on a host of one environment")
  void mainFirst() {
    service.submit(job("a").runs(30, 0).nodes(5, 0)).runUntilQuiet();
    long mainStarted = service.job("a").attempts().getFirst().startedAt();
    Set<HostId> hosts = new HashSet<>(Set.of(hostOf(service.job("a"))));
    for (int index = 1; index < 5; index++) {
      assertThat(node("a", index).attempts().getFirst().startedAt()).isGreaterThan(mainStarted);
      hosts.add(hostOf(node("a", index)));
    }
    assertThat(hosts).hasSize(5);
    assertThat(hosts.stream().map(HostId::environment).distinct()).hasSize(1);
  }

  @Test
  @DisplayName("A retry begins all nodes again, and the job's result is the last main node's")
  void retryOfTheWholeJob() {
    JobPlan.Program program =
        (index, attempt) -> Behaviour.runs(20_000, index == 0 && attempt == 1 ? 3 : 0);
    service.submit(job("a").attempts(2).doing(program).nodes(3, 0)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a").attempts()).extracting(Attempt::exitCode).containsExactly(3, 0);
    assertThat(node("a", 1).attempts()).hasSize(2);
    assertThat(node("a", 2).attempts()).hasSize(2);
  }

  @Test
  @DisplayName("A terminated multi-node job stops all its nodes")
  void terminated() {
    service
        .submit(job("a").runs(3_000, 0).nodes(3, 0))
        .advance(Duration.ofMinutes(3))
        .terminate("a")
        .runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo("terminated by a client");
    assertThat(reason(node("a", 2))).isEqualTo("terminated by a client");
  }

  @Test
  @DisplayName("A cancel between two attempts leaves no node of the first one running")
  void cancelledBetweenAttempts() {
    JobPlan.Program program = (index, _) -> Behaviour.runs(index == 0 ? 20_000 : 3_000_000, 1);
    service.submit(job("a").attempts(2).doing(program).nodes(3, 0));
    while (service.job("a").attempts().isEmpty()) {
      assertThat(service.elapsed()).isLessThan(Duration.ofMinutes(20).toMillis());
      service.advance(Duration.ofMillis(10));
    }
    assertThat(node("a", 1).stop()).as("the nodes do not know yet").isNull();
    service.cancel("a").runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo("cancelled by a client");
    assertThat(reason(node("a", 1))).isEqualTo(Reasons.MAIN_NODE_ENDED);
    assertThat(service.elapsed()).isLessThan(Duration.ofMinutes(30).toMillis());
  }

  @Test
  @DisplayName("When the main node never comes up no other begins, and all room is given back")
  void mainNeverStarts() {
    JobPlan.Program program =
        (index, _) -> index == 0 ? Behaviour.neverStarts() : Behaviour.runs(1_000, 0);
    service.submit(job("a").attempts(2).doing(program).nodes(3, 0)).runUntilQuiet();
    assertThat(reason(service.job("a"))).isEqualTo(Reasons.FAILED_TO_START);
    assertThat(node("a", 1).attempts()).hasSize(2).allMatch(past -> past.task() == null);
  }

  @Test
  @DisplayName("Jobs that come later do not keep a multi-node job waiting for its hosts")
  void isNotStarved() {
    service.submit(job("flood").in(Setting.APART).array(400).runs(60, 0));
    service.advance(Duration.ofSeconds(100));
    service.submit(job("a").in(Setting.APART).runs(30, 0).nodes(4, 0));
    service.advance(Duration.ofSeconds(5));
    service.submit(job("later").in(Setting.APART).array(800).runs(60, 0));
    service.runUntilQuiet();
    long begun = service.job("a").attempts().getFirst().startedAt();
    long laterEnded = ((JobState.Ended) service.job("later").state()).stoppedAt();
    assertThat(begun).isLessThan(laterEnded - 600_000);
  }
}
