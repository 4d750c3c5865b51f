package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.StopRequest.Kind;
import dev.longshore.core.usecase.StopJob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What CancelJob and TerminateJob do in each state ({@code batch-semantics} 11). */
@DisplayName("Checklist 14: cancel and terminate in every state")
class StopMatrixTest {
  private static final String REASON = "no longer wanted";
  private static final Attempt OVER =
      new Attempt(new Rig().dispatch("i-1"), "t", 1, 2, 1, null, "failed once");

  private final Rig rig = new Rig();
  private final Service service = rig.service(Alteration.NONE);

  /** What must become of a job. */
  enum Effect {
    /** It is FAILED at once, for the caller's reason. */
    ENDS,
    /** It goes on with a recorded wish that its task stops. */
    IS_TOLD,
    /** Nothing changes. */
    NOTHING
  }

  static Stream<Arguments> states() {
    Dispatch dispatch = new Rig().dispatch("i-1");
    JobState pending =
        new JobState.Pending(Set.of(JobId.of("00000000-0000-4000-8000-000000000001")));
    return Stream.of(
        Arguments.of(pending, Effect.ENDS, Effect.ENDS),
        Arguments.of(new JobState.Runnable(0), Effect.ENDS, Effect.ENDS),
        Arguments.of(new JobState.Runnable(Long.MAX_VALUE), Effect.ENDS, Effect.ENDS),
        Arguments.of(new JobState.Starting(dispatch, null), Effect.NOTHING, Effect.IS_TOLD),
        Arguments.of(new JobState.Starting(dispatch, "t"), Effect.NOTHING, Effect.IS_TOLD),
        Arguments.of(new JobState.Running(dispatch, "t", 5), Effect.NOTHING, Effect.IS_TOLD),
        Arguments.of(new JobState.Ended(true, "", 9), Effect.NOTHING, Effect.NOTHING),
        Arguments.of(new JobState.Ended(false, "x", 9), Effect.NOTHING, Effect.NOTHING));
  }

  private void stop(Kind kind, JobKey key) {
    StopJob stop = service.stop();
    if (kind == Kind.CANCEL) {
      stop.cancel(key, REASON);
    } else {
      stop.terminate(key, REASON);
    }
  }

  private void check(Kind kind, Effect effect, Job before, Job after) {
    switch (effect) {
      case NOTHING -> assertThat(after).isEqualTo(before);
      case IS_TOLD -> {
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.stop()).isEqualTo(new StopRequest(kind, REASON, rig.now));
      }
      case ENDS -> {
        assertThat(after.state()).isEqualTo(new JobState.Ended(false, REASON, rig.now));
        assertThat(after.stop()).isEqualTo(new StopRequest(kind, REASON, rig.now));
      }
    }
  }

  @ParameterizedTest(name = "{0}: cancel {1}, terminate {2}")
  @MethodSource("states")
  @DisplayName("A single job, and a child that has an item, in each state")
  void everyState(JobState state, Effect cancel, Effect terminate) {
    for (Kind kind : List.of(Kind.CANCEL, Kind.TERMINATE)) {
      Effect effect = kind == Kind.CANCEL ? cancel : terminate;
      Job single = rig.put(0, state);
      stop(kind, single.key());
      check(kind, effect, single, rig.stored(single));

      boolean hasItem = !(state instanceof JobState.Pending);
      if (hasItem) {
        Job parent = rig.put(3, new JobState.Open());
        JobKey key = JobKey.child(parent.key().job(), 1);
        Job child = new Job(key, parent.spec(), state, List.of(OVER), 0, null, 1);
        assertThat(rig.jobs.createChild(child)).isTrue();
        stop(kind, key);
        check(kind, effect, child, rig.stored(child));
        assertThat(rig.stored(parent)).isEqualTo(parent);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CANCEL", "TERMINATE"})
  @DisplayName("A child without an item ends in its page, alone, whether it waits or may start")
  void unstartedChild(Kind kind) {
    for (ChildState state : List.of(ChildState.PENDING, ChildState.RUNNABLE)) {
      Job parent = rig.put(3, new JobState.Open());
      JobId id = parent.key().job();
      rig.jobs.savePage(
          new ArrayPage(id, 0, ArrayPage.PageStates.all(3, state), Map.of(), null, 1));
      stop(kind, JobKey.child(id, 1));
      ArrayPage page = rig.jobs.page(id, 0).orElseThrow();
      assertThat(page.stopOf(1)).contains(new StopRequest(kind, REASON, rig.now));
      assertThat(page.state(0).isClosed()).isFalse();
      assertThat(page.state(2).isClosed()).isFalse();
      stop(kind, JobKey.child(id, 1));
      assertThat(rig.jobs.page(id, 0)).contains(page);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CANCEL", "TERMINATE"})
  @DisplayName("A child that is being handed over at that moment never starts")
  void childInBetween(Kind kind) {
    Job parent = rig.put(3, new JobState.Open());
    JobId id = parent.key().job();
    rig.host("i-1", Set.of());
    JobKey first = JobKey.child(id, 0);
    rig.service(Rig.before("createChild", once(() -> stop(kind, first))))
        .schedule()
        .accept(Setting.APART);
    assertThat(rig.jobs.find(first).orElseThrow().state())
        .isEqualTo(new JobState.Ended(false, REASON, rig.now));
  }

  private static Runnable once(Runnable what) {
    boolean[] done = {false};
    return () -> {
      if (!done[0]) {
        done[0] = true;
        what.run();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CANCEL", "TERMINATE"})
  @DisplayName("A job that is being placed at that moment never starts, and its room is free again")
  void startingRace(Kind kind) {
    Job job = rig.put(0, new JobState.Runnable(0));
    rig.host("i-1", Set.of());
    rig.service(Rig.before("save", once(() -> stop(kind, job.key()))))
        .schedule()
        .accept(Setting.APART);
    assertThat(rig.stored(job).state()).isEqualTo(new JobState.Ended(false, REASON, rig.now));
    assertThat(rig.taken("i-1")).isEmpty();
  }

  @Test
  @DisplayName(
      "A parent is told, a terminate after a cancel too, and a cancel after it adds nothing")
  void parent() {
    Job parent = rig.put(3, new JobState.Open());
    stop(Kind.CANCEL, parent.key());
    assertThat(rig.stored(parent).stop()).isEqualTo(new StopRequest(Kind.CANCEL, REASON, rig.now));
    assertThat(rig.stored(parent).status()).isEqualTo(JobStatus.PENDING);
    stop(Kind.TERMINATE, parent.key());
    StopRequest told = new StopRequest(Kind.TERMINATE, REASON, rig.now);
    assertThat(rig.stored(parent).stop()).isEqualTo(told);
    stop(Kind.CANCEL, parent.key());
    assertThat(rig.stored(parent).stop()).isEqualTo(told);
  }

  @Test
  @DisplayName("What does not exist is a success")
  void unknown() {
    JobId nobody = JobId.of("00000000-0000-4000-8000-000000000002");
    stop(Kind.CANCEL, JobKey.whole(nobody));
    stop(Kind.TERMINATE, JobKey.child(nobody, 4));
    Job parent = rig.put(3, new JobState.Open());
    stop(Kind.TERMINATE, JobKey.child(parent.key().job(), 3));
    assertThat(rig.jobs.pages(parent.key().job())).isEmpty();
  }
}
