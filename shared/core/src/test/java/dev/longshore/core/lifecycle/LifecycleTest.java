package dev.longshore.core.lifecycle;

import static dev.longshore.core.lifecycle.JobSamples.LIVE;
import static dev.longshore.core.lifecycle.JobSamples.NOW;
import static dev.longshore.core.lifecycle.JobSamples.OLD;
import static dev.longshore.core.lifecycle.JobSamples.TERMINATE;
import static dev.longshore.core.lifecycle.JobSamples.changed;
import static dev.longshore.core.lifecycle.JobSamples.exit;
import static dev.longshore.core.lifecycle.JobSamples.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.StopRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the lifecycle; which event does what in which state is in the generated page. */
final class LifecycleTest {
  private static final JobState RUNNING =
      new JobState.Running(JobSamples.DISPATCH, "t1", NOW - 90_000);
  private static final JobState STARTING = new JobState.Starting(JobSamples.DISPATCH, null);

  static Stream<JobEvent> allEvents() {
    return JobSamples.events().values().stream();
  }

  @ParameterizedTest
  @MethodSource("allEvents")
  @DisplayName("Checklist 7: Terminal is terminal: no event changes a job that is over")
  void terminalIsTerminal(JobEvent event) {
    for (boolean succeeded : new boolean[] {true, false}) {
      Job over = job(new JobState.Ended(succeeded, "over", NOW - 5), 10);
      assertThat(Lifecycle.apply(over, event, NOW)).isInstanceOf(Step.Ignored.class);
    }
  }

  @ParameterizedTest
  @MethodSource("allEvents")
  @DisplayName("Checklist 7: An event that was applied changes nothing when it comes again")
  void repeatedEventsAreIgnored(JobEvent event) {
    for (Job job : JobSamples.jobs().values()) {
      if (Lifecycle.apply(job, event, NOW) instanceof Step.Changed(Job after)) {
        assertThat(Lifecycle.apply(after, event, NOW)).isInstanceOf(Step.Ignored.class);
        assertThat(after.version()).isEqualTo(job.version() + 1);
      }
    }
  }

  @Test
  @DisplayName("Checklist 7: Reports of another dispatch than the live one change nothing")
  void otherDispatchesAreIgnored() {
    for (JobState state : new JobState[] {STARTING, RUNNING}) {
      Job job = job(state, 3);
      for (JobEvent late :
          new JobEvent[] {
            new JobEvent.TaskStarted(OLD, "t9", NOW),
            new JobEvent.TaskStopped(OLD, "t9", exit(0)),
            new JobEvent.DispatchUndone(OLD),
            new JobEvent.TimeoutPassed(OLD)
          }) {
        assertThat(Lifecycle.apply(job, late, NOW)).isInstanceOf(Step.Ignored.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  @DisplayName(
      "Checklist 7: No sequence of reports, late or repeated, moves an attempt that is over")
  void randomSequences(long seed) {
    Random chance = new Random(seed);
    Job job = job(new JobState.Runnable(0), 4);
    List<JobEvent> heard = new ArrayList<>();
    long now = NOW;
    for (int step = 0; step < 400; step++) {
      now += 6_000;
      AttemptKey live = liveAttempt(job);
      boolean late = !heard.isEmpty() && chance.nextInt(3) > 0;
      JobEvent event =
          late ? heard.get(chance.nextInt(heard.size())) : next(job, live, chance, now);
      heard.add(event);
      Job before = job;
      if (Lifecycle.apply(before, event, now) instanceof Step.Changed(Job after)) {
        assertThat(before.state()).isNotInstanceOf(JobState.Ended.class);
        AttemptKey about = reportOn(event);
        assertThat(about == null || about.equals(live)).as("%s by %s", before, event).isTrue();
        assertThat(after.attempts().subList(0, before.attempts().size()))
            .isEqualTo(before.attempts());
        job = after;
      }
    }
    assertThat(job.attempts()).extracting(it -> it.dispatch().attempt()).doesNotHaveDuplicates();
  }

  private static @Nullable AttemptKey liveAttempt(Job job) {
    return switch (job.state()) {
      case JobState.Starting starting -> starting.dispatch().keyOf(job.key());
      case JobState.Running running -> running.dispatch().keyOf(job.key());
      case JobState.Pending _, JobState.Runnable _, JobState.Open _, JobState.Ended _ -> null;
    };
  }

  /** The attempt that a report is about; null for an event that is no report. */
  private static @Nullable AttemptKey reportOn(JobEvent event) {
    return switch (event) {
      case JobEvent.TaskStarted(AttemptKey attempt, _, _) -> attempt;
      case JobEvent.TaskStopped(AttemptKey attempt, _, _) -> attempt;
      case JobEvent.DispatchUndone(AttemptKey attempt) -> attempt;
      case JobEvent.TimeoutPassed(AttemptKey attempt) -> attempt;
      case JobEvent.DependenciesMet _,
          JobEvent.DependencyFailed _,
          JobEvent.Placed _,
          JobEvent.StopRequested _,
          JobEvent.ChildrenClosed _ ->
          null;
    };
  }

  /** What happens next in the life of a job. */
  private static JobEvent next(Job job, @Nullable AttemptKey live, Random chance, long now) {
    if (live == null) {
      int attempt = job.currentAttempt();
      return new JobEvent.Placed(
          new Dispatch(JobSamples.HOST, "c1", attempt, job.nextDispatch(), now));
    }
    String task = "t" + live;
    return switch (chance.nextInt(30)) {
      case 0 -> new JobEvent.StopRequested(TERMINATE);
      case 1, 2 -> new JobEvent.TimeoutPassed(live);
      case 3, 4, 5, 6, 7, 8 -> new JobEvent.DispatchUndone(live);
      case 9, 10, 11, 12, 13 ->
          new JobEvent.TaskStopped(live, task, TaskEnd.exited(1, null, now - 9, now));
      default -> new JobEvent.TaskStarted(live, task, now);
    };
  }

  @Test
  @DisplayName("A failed attempt with attempts left goes back to RUNNABLE and is counted")
  void retry() {
    Job again = changed(job(RUNNING, 2), new JobEvent.TaskStopped(LIVE, "t1", exit(3)));
    assertThat(again.status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(again.currentAttempt()).isEqualTo(2);
    assertThat(again.nextDispatch()).isZero();
    assertThat(again.attempts().getFirst().exitCode()).isEqualTo(3);
    assertThat(again.attempts().getFirst().startedAt()).isEqualTo(NOW - 90_000);
  }

  @Test
  @DisplayName("The last attempt's end is the job's end, with its reason")
  void lastAttempt() {
    Job over = changed(job(RUNNING, 1), new JobEvent.TaskStopped(LIVE, "t1", exit(3)));
    assertThat(over.state()).isEqualTo(new JobState.Ended(false, Reasons.EXITED, NOW - 10));
  }

  @Test
  @DisplayName("An attempt that failed to start waits before it is tried again")
  void backOff() {
    TaskEnd end = TaskEnd.failedToStart("CannotPullContainerError: no", NOW);
    Job again = changed(job(STARTING, 2), new JobEvent.TaskStopped(LIVE, "t1", end));
    assertThat(again.state()).isEqualTo(new JobState.Runnable(NOW + 5_000));
    Dispatch next = new Dispatch(JobSamples.HOST, "c1", 2, 0, NOW);
    assertThat(Lifecycle.apply(again, new JobEvent.Placed(next), NOW))
        .isInstanceOf(Step.Ignored.class);
    assertThat(Lifecycle.apply(again, new JobEvent.Placed(next), NOW + 5_000))
        .isInstanceOf(Step.Changed.class);
  }

  @Test
  @DisplayName("A job that was told to stop is FAILED with that reason even when it exits with 0")
  void stopWins() {
    Job told = changed(job(RUNNING, 5), new JobEvent.StopRequested(TERMINATE));
    assertThat(told.status()).isEqualTo(JobStatus.RUNNING);
    Job over = changed(told, new JobEvent.TaskStopped(LIVE, "t1", exit(0)));
    assertThat(over.state()).isEqualTo(new JobState.Ended(false, "stop it", NOW - 10));
    assertThat(over.attempts()).hasSize(1);
  }

  @Test
  @DisplayName("A timeout is never retried, and only counts from the start of the attempt")
  void timeout() {
    Job young = job(new JobState.Running(JobSamples.DISPATCH, "t1", NOW - 59_999), 5);
    assertThat(Lifecycle.apply(young, new JobEvent.TimeoutPassed(LIVE), NOW))
        .isInstanceOf(Step.Ignored.class);
    Job told = changed(job(RUNNING, 5), new JobEvent.TimeoutPassed(LIVE));
    Job over = changed(told, new JobEvent.TaskStopped(LIVE, "t1", exit(143)));
    assertThat(over.state()).isEqualTo(new JobState.Ended(false, Reasons.TIMEOUT, NOW - 10));
  }

  @Test
  @DisplayName("An undone dispatch is no attempt, and its number is never used again")
  void undone() {
    Job again = changed(job(STARTING, 1), new JobEvent.DispatchUndone(LIVE));
    assertThat(again.currentAttempt()).isEqualTo(1);
    assertThat(again.nextDispatch()).isEqualTo(1);
    assertThat(Lifecycle.apply(again, new JobEvent.Placed(JobSamples.DISPATCH), NOW))
        .isInstanceOf(Step.Ignored.class);
  }

  @Test
  @DisplayName("A terminated job whose dispatch is undone is over; it does not start again")
  void undoneAfterStop() {
    Job told = changed(job(STARTING, 1), new JobEvent.StopRequested(TERMINATE));
    Job over = changed(told, new JobEvent.DispatchUndone(LIVE));
    assertThat(over.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @DisplayName("A terminate goes over a cancel of an array, a second one changes nothing")
  void strongerStop() {
    Job cancelled =
        changed(job(new JobState.Open(), 1), new JobEvent.StopRequested(JobSamples.CANCEL));
    Job terminated = changed(cancelled, new JobEvent.StopRequested(TERMINATE));
    assertThat(terminated.stop()).isEqualTo(TERMINATE);
    StopRequest other = new StopRequest(StopRequest.Kind.TERMINATE, "again", NOW);
    assertThat(Lifecycle.apply(terminated, new JobEvent.StopRequested(other), NOW))
        .isInstanceOf(Step.Ignored.class);
  }

  @Test
  @DisplayName("A child counts its time to stop from when it was told, not its array")
  void toldLaterThanItsArray() {
    StopRequest arrays = new StopRequest(StopRequest.Kind.TERMINATE, "enough", NOW - 600_000);
    Job told = changed(job(STARTING, 1), new JobEvent.StopRequested(arrays));
    assertThat(told.stop()).isEqualTo(new StopRequest(StopRequest.Kind.TERMINATE, "enough", NOW));
  }

  @Test
  @DisplayName("A host that went away leaves its instance in the reason and no exit code")
  void hostLost() {
    TaskEnd lost = TaskEnd.hostLost(JobSamples.HOST, 0, NOW);
    Job over = changed(job(RUNNING, 1), new JobEvent.TaskStopped(LIVE, null, lost));
    assertThat(over.attempts().getFirst().statusReason())
        .isEqualTo("Host EC2 (instance i-1) terminated.");
    assertThat(over.attempts().getFirst().exitCode()).isNull();
    assertThat(over.attempts().getFirst().task()).isEqualTo("t1");
  }
}
