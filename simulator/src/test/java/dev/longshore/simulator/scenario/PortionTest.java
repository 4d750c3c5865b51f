package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.port.WorkQueue.Work;
import dev.longshore.core.share.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one call does for many jobs, and what a repeat of it does. */
class PortionTest {
  private static final JobState WAITS = new JobState.Runnable(0);

  private final Rig rig = new Rig();
  private final Service service = rig.service(Alteration.NONE);

  private Job put(String queue, @Nullable String share, @Nullable NodeGroups nodes) {
    return put(queue, share, nodes, List.of());
  }

  private Job put(
      String queue, @Nullable String share, @Nullable NodeGroups nodes, List<Need> needs) {
    JobSpec spec =
        new JobSpec(
            "a",
            queue,
            Setting.DEFINITION,
            Rig.SMALL,
            RetryStrategy.ONCE,
            0,
            0,
            share,
            0,
            rig.now,
            ChildOrder.NONE,
            needs,
            nodes);
    Job job = Job.fresh(JobKey.whole(rig.ids.random()), spec, WAITS);
    rig.jobs.create(job, new JobDocument("{}", Map.of()));
    return job;
  }

  private static NodeGroups nodes(int count) {
    return new NodeGroups(0, List.of(new NodeGroups.Group(count, Rig.SMALL)), null);
  }

  private void shares(String... names) {
    for (String name : names) {
      ShareBook book = rig.catalog.shares(Setting.SHARED);
      assertThat(rig.catalog.saveShares(Usage.with(book, name, 0, rig.now))).isTrue();
    }
  }

  private void delete(String queue) {
    JobQueue found = rig.catalog.queue(queue).orElseThrow();
    assertThat(rig.catalog.saveQueue(found.next(ResourceStatus.DELETING, ""))).isTrue();
  }

  @Test
  @DisplayName("A late repeat of a deletion leaves the jobs of a new queue of that name alone")
  void lateRepeat() {
    Job job = rig.put(0, WAITS);
    service.work().accept(new Work.EmptyQueue(Setting.APART, 0));
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(rig.work).isEmpty();
  }

  @Test
  @DisplayName("A queue is emptied a hundred jobs at a time, however many shares it has")
  void emptiesByPortions() {
    shares("sharea", "shareb", "sharec");
    List<Job> all = new ArrayList<>();
    for (String share : List.of("sharea", "shareb", "sharec")) {
      for (int number = 0; number < 80; number++) {
        all.add(put(Setting.SHARED, share, null));
      }
    }
    delete(Setting.SHARED);
    for (int call = 1; call <= 3; call++) {
      service.work().accept(new Work.EmptyQueue(Setting.SHARED, 0));
      long over = all.stream().filter(job -> rig.stored(job).status().isTerminal()).count();
      assertThat(over).isBetween(80L * call, 100L * call);
    }
    assertThat(rig.work).contains(new Work.EmptyQueue(Setting.SHARED, 0)).hasSize(3);
  }

  @Test
  @DisplayName("A sweep asks once for what all nodes of a job need, however many show that")
  void oncePerJob() {
    int count = 30;
    Job job = put(Setting.APART, null, nodes(count));
    List<String> instances = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      instances.add("i-" + node);
    }
    Dispatch dispatch = rig.dispatch("i-0").withGang(instances);
    for (int node = 0; node < count; node++) {
      JobKey key = node == 0 ? job.key() : JobKey.node(job.key().job(), node);
      rig.host("i-" + node, Set.of(Reservation.of(key, job.spec(), dispatch)));
    }
    assertThat(rig.jobs.save(job.in(new JobState.Running(dispatch, "task", rig.now)))).isTrue();
    rig.now += 120_000;
    for (int sweep = 1; sweep <= 2; sweep++) {
      rig.now += 60_000;
      service.sweep().run();
      assertThat(rig.work).hasSize(sweep).containsOnly(new Work.StartNodes(job.key().job(), 0));
    }
  }

  @Test
  @DisplayName("What a share's multi-node job takes counts for the share as soon as it is placed")
  void nodesCount() {
    shares("sharea");
    put(Setting.SHARED, "sharea", nodes(2));
    rig.host("i-1", Set.of());
    rig.host("i-2", Set.of());
    rig.now += 5_000;
    service.schedule().accept(Setting.SHARED);
    assertThat(rig.taken("i-1")).hasSize(1);
    assertThat(rig.catalog.shares(Setting.SHARED).find("sharea").map(ShareBook.Share::held))
        .contains(2);
  }

  @Test
  @DisplayName("Jobs and multi-node jobs take from one resource in the same round")
  void oneRound() {
    List<Need> needs = List.of(new Need(Setting.LICENCE, 2));
    List<Job> all =
        List.of(
            put(Setting.APART, null, nodes(1), needs),
            put(Setting.APART, null, nodes(2), needs),
            put(Setting.APART, null, null, needs));
    for (int host = 0; host < 4; host++) {
      rig.host("i-" + host, Set.of());
    }
    service.schedule().accept(Setting.APART);
    assertThat(all).allMatch(job -> rig.stored(job).status() == JobStatus.STARTING);
    assertThat(rig.catalog.consumable(Setting.LICENCE).orElseThrow().inUse()).isEqualTo(6);
  }
}
