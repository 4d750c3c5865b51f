package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.usecase.Observation;
import dev.longshore.simulator.world.Behaviour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Consumable resources, taken with a job's start and given back with its end. */
class ConsumablesTest {
  private final Simulation service = new Simulation(Conditions.calm(1), Alteration.NONE, false);
  private final Rig rig = new Rig();

  @Test
  @DisplayName("Children of an array take licences one by one, never more at a time than there are")
  void neverMoreThanThereAre() {
    service.submit(job("a").array(12).taking(Setting.LICENCE, 4).runs(30, 0)).runUntilQuiet();
    assertThat(service.job("a").status()).isEqualTo(JobStatus.SUCCEEDED);
    List<Attempt> attempts = new ArrayList<>();
    for (int child = 0; child < 12; child++) {
      attempts.addAll(service.job("a", child).attempts());
    }
    attempts.sort(Comparator.comparingLong(Attempt::startedAt));
    for (Attempt attempt : attempts) {
      long together =
          attempts.stream()
              .filter(other -> other.startedAt() <= attempt.startedAt())
              .filter(other -> other.stoppedAt() > attempt.startedAt())
              .count();
      assertThat(together).isLessThanOrEqualTo(2);
    }
  }

  @Test
  @DisplayName("Each attempt takes anew: a retried job uses up twice what one attempt needs")
  void retriesTakeAnew() {
    service
        .submit(job("a").attempts(3).taking(Setting.DOSE, 7).runs(5, 1))
        .submit(job("b").taking(Setting.DOSE, 5).taking(Setting.LICENCE, 10).runs(5, 0))
        .runUntilQuiet();
    // The laws hold the total against what all attempts have used.
    assertThat(service.job("a").attempts()).hasSize(3);
    assertThat(service.job("b").status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  private Job waiting() {
    return rig.put(0, new JobState.Runnable(0), List.of(new Need(Setting.LICENCE, 6)));
  }

  private Set<Claim> taken() {
    return rig.catalog.consumable(Setting.LICENCE).map(ConsumableResource::claims).orElseThrow();
  }

  @Test
  @DisplayName("Two rounds at the same time do not take more than there is")
  void concurrentRounds() {
    waiting();
    waiting();
    rig.host("i-1", Set.of());
    Service other = rig.service(Alteration.NONE);
    AtomicBoolean once = new AtomicBoolean();
    Runnable round =
        () -> {
          if (once.compareAndSet(false, true)) {
            other.schedule().accept(Setting.APART);
          }
        };
    rig.service(Rig.before("reserve", round)).schedule().accept(Setting.APART);
    assertThat(taken()).hasSize(1);
    assertThat(rig.taken("i-1")).hasSize(1);
  }

  @Test
  @DisplayName("A round that was overtaken by a child's start and end does not take for it again")
  void overtakenRound() {
    Job parent = rig.put(2, new JobState.Open(), List.of(new Need(Setting.DOSE, 9)));
    AttemptKey first = new AttemptKey(JobKey.child(parent.key().job(), 0), 1, 0);
    rig.host("i-1", Set.of());
    Service other = rig.service(Alteration.NONE);
    AtomicBoolean once = new AtomicBoolean();
    Runnable startAndEnd =
        () -> {
          if (once.compareAndSet(false, true)) {
            other.schedule().accept(Setting.APART);
            other
                .observe()
                .accept(
                    List.of(
                        new Observation.TaskStopped(
                            first,
                            "t",
                            Observation.StopCause.EXITED,
                            0,
                            null,
                            null,
                            rig.now,
                            rig.now)));
            other.progress().accept(List.of(new Change.JobChanged(first.key())));
          }
        };
    Alteration overtaken =
        new Alteration() {
          @Override
          public CatalogStore catalog(CatalogStore real) {
            return Twist.of(
                CatalogStore.class,
                real,
                (method, _, call) -> {
                  if (method.equals("claim")) {
                    startAndEnd.run();
                  }
                  return call.answer();
                });
          }
        };
    rig.service(overtaken).schedule().accept(Setting.APART);
    ConsumableResource dose = rig.catalog.consumable(Setting.DOSE).orElseThrow();
    assertThat(dose.total()).isEqualTo(1_000_000 - 9);
    assertThat(dose.claims()).extracting(Claim::attempt).doesNotContain(first).hasSize(1);
  }

  @Test
  @DisplayName("What was taken in vain, since the host was refused, is free again")
  void refusedHost() {
    Job job = waiting();
    rig.host("i-1", Set.of());
    Runnable taking =
        () ->
            rig.hosts
                .find(rig.dispatch("i-1").host())
                .ifPresent(host -> rig.hosts.reserve(host.id(), host.version(), Set.of()));
    rig.service(Rig.before("reserve", taking)).schedule().accept(Setting.APART);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(taken()).isEmpty();
    assertThat(rig.taken("i-1")).isEmpty();
  }

  private static boolean claim(Rig rig, String name, Claim claim) {
    long version = rig.catalog.consumable(name).orElseThrow().version();
    return rig.catalog.claim(name, version, Set.of(claim));
  }

  @Test
  @DisplayName("A claim whose dispatch was cut off keeps its job waiting until a sweep finds it")
  void cutOff() {
    Job job = waiting();
    rig.host("i-1", Set.of());
    Claim orphan = Claim.of(job.key(), job.spec().needs().getFirst(), rig.dispatch("i-1"));
    assertThat(claim(rig, Setting.LICENCE, orphan)).isTrue();
    Service service = rig.service(Alteration.NONE);
    service.schedule().accept(Setting.APART);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
    rig.now += 90_000;
    service.sweep().run();
    assertThat(taken()).containsExactly(orphan);
    rig.now += 120_000;
    service.sweep().run();
    assertThat(taken()).isEmpty();
    service.schedule().accept(Setting.APART);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.STARTING);
    assertThat(taken()).hasSize(1);
  }

  @Test
  @DisplayName("A claim of a job that nobody knows is given back by the sweep")
  void unknownJob() {
    JobId nobody = JobId.of("00000000-0000-4000-8000-000000000002");
    Claim orphan = Claim.of(JobKey.whole(nobody), new Need(Setting.DOSE, 3), rig.dispatch("i-1"));
    assertThat(claim(rig, Setting.DOSE, orphan)).isTrue();
    rig.now += 300_000;
    rig.service(Alteration.NONE).sweep().run();
    ConsumableResource dose = rig.catalog.consumable(Setting.DOSE).orElseThrow();
    assertThat(dose.claims()).isEmpty();
    assertThat(dose.total()).isEqualTo(1_000_000);
  }

  @Test
  @DisplayName("A multi-node job takes once for all its nodes, and anew with each attempt")
  void multiNodeJobs() {
    service
        .submit(
            job("a")
                .nodes(3, 1)
                .attempts(2)
                .taking(Setting.DOSE, 6)
                .taking(Setting.LICENCE, 7)
                .doing((_, attempt) -> Behaviour.runs(20_000, attempt == 1 ? 3 : 0)))
        .submit(job("b").nodes(2, 0).taking(Setting.LICENCE, 7).runs(20, 0))
        .runUntilQuiet();
    // Both together need more licences than there are; the laws hold the rest against what is used.
    List<Attempt> attempts = new ArrayList<>(service.job("a").attempts());
    attempts.addAll(service.job("b").attempts());
    assertThat(attempts).hasSize(3);
    attempts.sort(Comparator.comparingLong(Attempt::startedAt));
    for (int next = 1; next < 3; next++) {
      assertThat(attempts.get(next).startedAt())
          .isGreaterThanOrEqualTo(attempts.get(next - 1).stoppedAt());
    }
  }

  private Job gang() {
    NodeGroups nodes = new NodeGroups(0, List.of(new NodeGroups.Group(2, Rig.SMALL)), null);
    JobSpec spec =
        new JobSpec(
            "gang",
            Setting.APART,
            Setting.DEFINITION,
            Rig.SMALL,
            RetryStrategy.ONCE,
            0,
            0,
            null,
            0,
            rig.now,
            ChildOrder.NONE,
            List.of(new Need(Setting.LICENCE, 6)),
            nodes);
    Job job = Job.fresh(JobKey.whole(rig.ids.random()), spec, new JobState.Runnable(0));
    rig.jobs.create(job, new JobDocument("{}", Map.of()));
    return job;
  }

  @Test
  @DisplayName("When one node's host is refused, all hosts and all that was taken are free again")
  void refusedNode() {
    Job job = gang();
    rig.host("i-1", Set.of());
    rig.host("i-2", Set.of());
    AtomicInteger calls = new AtomicInteger();
    Runnable takingTheSecond =
        () -> {
          if (calls.incrementAndGet() == 2) {
            assertThat(taken()).as("taken before the hosts").hasSize(1);
            rig.hosts
                .find(rig.dispatch("i-2").host())
                .ifPresent(host -> rig.hosts.reserve(host.id(), host.version(), Set.of()));
          }
        };
    rig.service(Rig.before("reserve", takingTheSecond)).schedule().accept(Setting.APART);
    assertThat(calls.get()).isEqualTo(2);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(taken()).isEmpty();
    assertThat(rig.taken("i-1")).isEmpty();
    rig.service(Alteration.NONE).schedule().accept(Setting.APART);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.STARTING);
    assertThat(taken()).extracting(Claim::quantity).containsExactly(6L);
  }

  @Test
  @DisplayName("Why a multi-node job waits is not told of a single job that asks for the same")
  void reasonsApart() {
    Job multi = gang();
    rig.host("i-1", Set.of());
    rig.service(Alteration.NONE).schedule().accept(Setting.APART);
    Holds holds = rig.catalog.holds(Setting.APART);
    assertThat(holds.entries()).hasSize(1);
    assertThat(holds.entries().getFirst().reason()).contains("2 empty hosts at once");
    assertThat(holds.entries().getFirst().isOf(multi.spec())).isTrue();
    Job single = rig.put(0, new JobState.Runnable(0), multi.spec().needs());
    assertThat(single.spec().shape()).isEqualTo(multi.spec().shape());
    assertThat(holds.entries().getFirst().isOf(single.spec())).isFalse();
  }

  @Test
  @DisplayName("A multi-node job whose start is taken back has taken nothing")
  void undoneGang() {
    Job job = gang();
    rig.host("i-1", Set.of());
    rig.host("i-2", Set.of());
    rig.answer = new TaskRunner.StartAnswer.Refused("no such instance");
    rig.service(Alteration.NONE).schedule().accept(Setting.APART);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(taken()).isEmpty();
    assertThat(rig.taken("i-2")).isEmpty();
  }
}
