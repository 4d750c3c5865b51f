package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ArrayPage.PageStates;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.simulator.world.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** N_TO_N and SEQUENTIAL as clients see them ({@code batch-semantics} 6, 7). */
class ChildOrderTest {
  private final Simulation service = new Simulation(Conditions.calm(1), Alteration.NONE, false);

  private static JobPlan.Program failing(int child) {
    return (index, _) -> Behaviour.runs(3_000 + 500L * index, index == child ? 1 : 0);
  }

  private long end(String name, int child) {
    return ((JobState.Ended) service.job(name, child).state()).stoppedAt();
  }

  private long start(String name, int child) {
    return service.job(name, child).attempts().getFirst().startedAt();
  }

  private boolean exists(String name, int child) {
    return service.find(name, child).isPresent();
  }

  @Test
  @DisplayName("N_TO_N: each child starts behind its own counterpart, not behind the whole array")
  void pairs() {
    service
        .submit(job("a").array(6).doing((index, _) -> Behaviour.runs(index * 60_000L + 1_000, 0)))
        .submit(job("b").array(6).paired("a").runs(10, 0))
        .runUntilQuiet();
    for (int child = 0; child < 6; child++) {
      assertThat(start("b", child)).isGreaterThanOrEqualTo(end("a", child));
    }
    assertThat(start("b", 0)).isLessThan(end("a", 5));
    assertThat(service.job("b").status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("N_TO_N: a share whose children wait for hours for their counterparts is not lost")
  void pairsOfAShare() {
    service
        .submit(job("a").array(2).runs(6_000, 0))
        .submit(job("b").array(2).paired("a").in(Setting.SHARED).runs(10, 0))
        .runUntilQuiet();
    assertThat(start("b", 1)).isBetween(end("a", 1), end("a", 1) + 60_000);
  }

  @Test
  @DisplayName("N_TO_N: a failed child fails its counterpart only, without an attempt")
  void pairFails() {
    service
        .submit(job("a").array(5).doing(failing(2)))
        .submit(job("b").array(5).paired("a").runs(1, 0))
        .submit(job("c").array(5).paired("b").runs(1, 0))
        .runUntilQuiet();
    assertThat(exists("b", 2)).isFalse();
    assertThat(exists("c", 2)).isFalse();
    assertThat(service.job("c", 3).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(((JobState.Ended) service.job("c").state()).reason())
        .isEqualTo(Reasons.CHILD_FAILED);
  }

  @Test
  @DisplayName("SEQUENTIAL: one child at a time, and none behind a failed one")
  void sequence() {
    service.submit(job("a").array(6).inSequence().doing(failing(3))).runUntilQuiet();
    for (int child = 1; child < 4; child++) {
      assertThat(start("a", child)).isGreaterThanOrEqualTo(end("a", child - 1));
    }
    assertThat(exists("a", 4)).isFalse();
    assertThat(exists("a", 5)).isFalse();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @DisplayName("SEQUENTIAL: a retried child is not failed until its last attempt is")
  void sequenceWithRetries() {
    JobPlan.Program second = (_, attempt) -> Behaviour.runs(1_000, attempt == 1 ? 1 : 0);
    service.submit(job("a").array(4).inSequence().attempts(2).doing(second)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.job("a", 3).attempts()).hasSize(2);
    assertThat(service.job("a", 3).attempts().getFirst().startedAt())
        .isGreaterThanOrEqualTo(end("a", 2));
  }

  @Test
  @DisplayName("Plain, N_TO_N and SEQUENTIAL dependencies all hold when they are mixed")
  void mixed() {
    service
        .submit(job("first").runs(100, 0))
        .submit(job("a").array(4).doing((index, _) -> Behaviour.runs(80_000L * (4 - index), 0)))
        .submit(job("b").array(4).runs(5, 0))
        .submit(job("c").array(4).after("first").paired("a", "b").inSequence().runs(5, 0))
        .runUntilQuiet();
    long firstEnd = ((JobState.Ended) service.job("first").state()).stoppedAt();
    for (int child = 0; child < 4; child++) {
      assertThat(start("c", child)).isGreaterThanOrEqualTo(firstEnd);
      assertThat(start("c", child)).isGreaterThanOrEqualTo(end("a", child));
    }
    assertThat(service.job("c").status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("A child that is cancelled while it waits fails those that wait for it")
  void cancelledChild() {
    service
        .submit(job("a").array(3).runs(200, 0))
        .submit(job("b").array(3).paired("a").runs(1, 0))
        .submit(job("c").array(3).paired("b").runs(1, 0))
        .advance(Duration.ofSeconds(60))
        .cancel("b", 1)
        .runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(exists("c", 1)).isFalse();
    assertThat(service.job("c", 0).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("Children fail with an array that never spawned the ones they wait for")
  void neverSpawned() {
    service
        .submit(job("bad").runs(5, 1))
        .submit(job("a").array(3).after("bad"))
        .submit(job("b").array(3).paired("a"))
        .runUntilQuiet();
    assertThat(((JobState.Ended) service.job("a").state()).reason())
        .isEqualTo(Reasons.DEPENDENCY_FAILED);
    assertThat(((JobState.Ended) service.job("b").state()).reason())
        .isEqualTo(Reasons.CHILD_FAILED);
  }

  @Test
  @DisplayName("The same when one of those had been stopped by itself before")
  void neverSpawnedButOneStopped() {
    service
        .submit(job("bad").runs(120, 1))
        .submit(job("a").array(3).after("bad"))
        .submit(job("b").array(3).paired("a"))
        .advance(Duration.ofSeconds(30))
        .cancel("a", 1)
        .runUntilQuiet();
    assertThat(((JobState.Ended) service.job("b").state()).reason())
        .isEqualTo(Reasons.CHILD_FAILED);
  }

  @Test
  @DisplayName("10,000 children that wait N_TO_N for 10,000 cost one write a page, not one a pair")
  void tenThousandPairsAreCheap() {
    Rig rig = new Rig();
    AtomicInteger writes = new AtomicInteger();
    Alteration counting =
        new Alteration() {
          @Override
          public JobStore jobs(JobStore real) {
            return Twist.of(
                JobStore.class,
                real,
                (method, _, call) -> {
                  boolean write =
                      method.startsWith("save")
                          || method.startsWith("add")
                          || method.startsWith("create");
                  writes.addAndGet(write ? 1 : 0);
                  return call.answer();
                });
          }
        };
    Service counted = rig.service(counting);
    Job target = rig.put(10_000, new JobState.Open());
    JobId id = counted.submit().submit(array(10_000, target.key().job()));
    counted.progress().accept(List.of(new Change.JobChanged(JobKey.whole(id))));
    assertThat(writes).as("a pair and the parent").hasValue(2);
    for (int number = 0; number < 10; number++) {
      PageStates succeeded = PageStates.all(ArrayPage.SIZE, ChildState.SUCCEEDED);
      rig.jobs.savePage(new ArrayPage(target.key().job(), number, succeeded, Map.of(), null, 1));
      counted.progress().accept(List.of(new Change.PageChanged(target.key().job(), number)));
    }
    for (int number = 0; number < 10; number++) {
      assertThat(rig.jobs.page(id, number).orElseThrow().states())
          .isEqualTo(PageStates.all(ArrayPage.SIZE, ChildState.RUNNABLE));
    }
    // The ten pages, and the end of the array that they are paired with.
    assertThat(writes.get()).isLessThanOrEqualTo(2 + 10 + 1);
  }

  private static SubmitJob.Command array(int size, JobId pair) {
    return new SubmitJob.Command(
        null,
        "b",
        Setting.APART,
        Setting.APART,
        Setting.DEFINITION,
        Rig.SMALL,
        RetryStrategy.ONCE,
        0,
        size,
        List.of(),
        null,
        0,
        new JobDocument("{}", Map.of()),
        new ChildOrder(Set.of(pair), false),
        List.of(),
        null);
  }
}
