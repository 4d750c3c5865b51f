package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.TaskRunner.StartAnswer;
import dev.longshore.core.port.WorkQueue.Work;
import dev.longshore.core.usecase.Observation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Races that seeds found, step by step. */
class RaceTest {
  private static final JobState WAITS = new JobState.Runnable(0);

  private final Rig rig = new Rig();
  private final Service service = rig.service(Alteration.NONE);

  private Job starting(Job job, Dispatch dispatch) {
    Job next = job.in(new JobState.Starting(dispatch, null));
    Job placed = new Job(next.key(), next.spec(), next.state(), List.of(), 1, null, next.version());
    assertThat(rig.jobs.save(placed)).isTrue();
    return placed;
  }

  /** Runs once, however often it is called. */
  private static Runnable once(Runnable what) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        what.run();
      }
    };
  }

  @Test
  @DisplayName("A job for which another round has just taken room is not placed a second time")
  void roomOfAnotherRound() {
    Job job = rig.put(0, WAITS);
    Set<Reservation> taken = Set.of(rig.room(job, rig.dispatch("i-1")));
    rig.host("i-1", taken);
    service.schedule().accept(Setting.APART);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(rig.taken("i-1")).isEqualTo(taken);
  }

  @Test
  @DisplayName("The end of a host does not end an attempt that runs elsewhere under the same key")
  void leftoverOnAHostThatGoes() {
    Job job = rig.put(0, WAITS);
    rig.host("i-1", Set.of(rig.room(job, rig.dispatch("i-1"))));
    rig.host("i-2", Set.of(rig.room(job, rig.dispatch("i-2"))));
    starting(job, rig.dispatch("i-2"));
    service.observe().accept(List.of(new Observation.HostGone(rig.dispatch("i-1").host())));
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.STARTING);
  }

  @Test
  @DisplayName("Room that nobody holds is given back, also on a host that is gone")
  void leftoverOnAHostThatIsGone() {
    Job job = rig.put(0, WAITS);
    Host host = rig.host("i-1", Set.of(rig.room(job, rig.dispatch("i-1"))));
    rig.hosts.save(host.in(Host.State.GONE));
    rig.now += 240_000;
    service.sweep().run();
    assertThat(rig.taken("i-1")).isEmpty();
  }

  @Test
  @DisplayName("A repeated start that is refused undoes nothing while others may repeat it too")
  void refusedRepeat() {
    Job job = rig.put(0, WAITS);
    rig.host("i-1", Set.of(rig.room(job, rig.dispatch("i-1"))));
    starting(job, rig.dispatch("i-1"));
    rig.answer = new StartAnswer.Refused("RESOURCE:MEMORY");
    rig.now += 90_000;
    service.work().accept(new Work.StartTask(job.key()));
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.STARTING);
    rig.now += 11 * 60_000;
    service.work().accept(new Work.StartTask(job.key()));
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
  }

  @Test
  @DisplayName("The room of a task that runs stays taken, whatever a start of it was answered")
  void refusedThoughItRuns() {
    Job job = rig.put(0, WAITS);
    rig.host("i-1", Set.of());
    rig.answer = new StartAnswer.Refused("RESOURCE:MEMORY");
    Runnable runs =
        once(() -> {
          Job placed = rig.stored(job);
          Dispatch dispatch = placed.dispatch().orElseThrow();
          rig.jobs.save(placed.in(new JobState.Running(dispatch, "task", rig.now)));
        });
    rig.service(Rig.beforeStart(runs)).schedule().accept(Setting.APART);
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(rig.taken("i-1")).hasSize(1);
  }

  @Test
  @DisplayName(
      "A start without a trace is given up two minutes after the stop, not after the start")
  void stopOfAStartThatMayBeUnderWay() {
    Job job = rig.put(0, WAITS);
    rig.host("i-1", Set.of(rig.room(job, rig.dispatch("i-1"))));
    Job placed = starting(job, rig.dispatch("i-1"));
    rig.now += 300_000;
    service.stop().terminate(placed.key(), "no more");
    service.work().accept(new Work.StopTask(job.key()));
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.STARTING);
    rig.now += 130_000;
    service.work().accept(new Work.StopTask(job.key()));
    assertThat(rig.stored(job).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @DisplayName("A capacity round does not launch on a snapshot that is older than a launch")
  void launchOnAnOldSnapshot() {
    rig.put(0, WAITS);
    Fleet launchedMeanwhile = new Fleet(Rig.ENVIRONMENT, List.of(), List.of(), 1);
    Service slow =
        rig.service(Rig.before("line", once(() -> rig.hosts.saveFleet(launchedMeanwhile))));
    slow.capacity().accept(Setting.APART);
    assertThat(rig.launches).isEmpty();
    slow.capacity().accept(Setting.APART);
    assertThat(rig.launches).hasSize(1);
  }

  @Test
  @DisplayName("A host that does not register in time counts until it is terminated")
  void failedJoin() {
    HostId id = new HostId(Rig.ENVIRONMENT, "i-1");
    Host active = rig.host("i-1", Set.of());
    rig.hosts.save(active.in(Host.State.BOOTING));
    rig.now += 700_000;
    Service cutOff =
        rig.service(
            Rig.before(
                "remove",
                () -> {
                  throw new IllegalStateException("cut off");
                }));
    assertThatThrownBy(() -> cutOff.capacity().accept(Setting.APART)).hasMessage("cut off");
    assertThat(rig.hosts.find(id).map(Host::state)).contains(Host.State.DRAINING);
    service.capacity().accept(Setting.APART);
    assertThat(rig.hosts.find(id)).isEmpty();
  }

  @Test
  @DisplayName("A child whose placement was refused after its hand-over waits again in its page")
  void refusedAfterTheHandOver() {
    Job parent = rig.put(2, new JobState.Open());
    JobKey key = JobKey.child(parent.key().job(), 0);
    rig.host("i-1", Set.of());
    Dispatch first = rig.dispatch("i-0");
    Job child =
        new Job(key, parent.spec(), new JobState.Starting(first, null), List.of(), 1, null, 1);
    rig.jobs.createChild(child);
    rig.jobs.save(child.in(WAITS));
    rig.jobs.savePage(
        ArrayPage.unwritten(parent.key().job(), 0, 2, ChildState.RUNNABLE)
            .with((index, state) -> index == 0 ? ChildState.RUNNABLE_AGAIN : state));
    // Another round places it, and its attempt is over, while this one stands before its save.
    Runnable other =
        once(() -> {
          Job placed = child.in(WAITS).in(new JobState.Starting(rig.dispatch("i-1"), null));
          rig.jobs.save(placed);
          rig.jobs.save(placed.in(WAITS));
        });
    rig.service(Rig.before("save", other)).schedule().accept(Setting.APART);
    assertThat(rig.jobs.page(parent.key().job(), 0).orElseThrow().state(0))
        .isEqualTo(ChildState.RUNNABLE_AGAIN);
  }

  @Test
  @DisplayName("The stop of an array reaches a child between its hand-over and its item")
  void stopBetweenHandOverAndItem() {
    Job parent = rig.put(2, new JobState.Open());
    rig.host("i-1", Set.of());
    Runnable stop =
        once(() -> {
          service.stop().terminate(parent.key(), "no more");
          service.work().accept(new Work.StopChildren(parent.key().job(), 0));
        });
    rig.service(Rig.before("createChild", stop)).schedule().accept(Setting.APART);
    Job child = rig.jobs.find(JobKey.child(parent.key().job(), 0)).orElseThrow();
    assertThat(child.status()).isEqualTo(JobStatus.FAILED);
    assertThat(child.stop()).extracting(StopRequest::reason).isEqualTo("no more");
    assertThat(rig.taken("i-1")).isEmpty();
  }

  @Test
  @DisplayName("The stop of one child just when its waiting array ends writes nothing of its own")
  void stopOfAChildWhenItsArrayEnds() {
    Job parent = rig.put(2, new JobState.Pending(Set.of(new JobId(new UUID(0, 9)))));
    Runnable end = once(() -> service.stop().terminate(parent.key(), "no more"));
    JobKey child = JobKey.child(parent.key().job(), 0);
    rig.service(Rig.before("savePage", end)).stop().terminate(child, "not this one");
    assertThat(rig.stored(parent).status()).isEqualTo(JobStatus.FAILED);
    assertThat(rig.jobs.page(parent.key().job(), 0).flatMap(page -> page.stopOf(0))).isEmpty();
  }
}
