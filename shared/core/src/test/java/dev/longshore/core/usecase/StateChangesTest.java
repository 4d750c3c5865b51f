package dev.longshore.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Lifecycle;
import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ArrayPage.PageStates;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.BatchEvent.StateChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateChangesTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final JobId ID = JobId.of("00000000-0000-4000-8000-000000000007");
  private static final JobId TARGET = JobId.of("00000000-0000-4000-8000-000000000001");
  private static final HostId HOST = new HostId("ce", "i-1");
  private static final StopRequest STOP =
      new StopRequest(StopRequest.Kind.CANCEL, "no more", NOW - 5);

  private static JobSpec spec(int arraySize) {
    return new JobSpec(
        "n",
        "q",
        new DefinitionId("d", 1),
        new Shape(1, 128, 0),
        new RetryStrategy(3, List.of()),
        60,
        arraySize,
        null,
        0,
        NOW - 100);
  }

  private static JobSpec ordered(int arraySize, ChildOrder order) {
    JobSpec spec = spec(arraySize);
    return new JobSpec(
        spec.name(),
        spec.queue(),
        spec.definition(),
        spec.shape(),
        spec.retry(),
        spec.timeoutSeconds(),
        arraySize,
        null,
        0,
        spec.createdAt(),
        order,
        List.of());
  }

  private static JobSpec withNodes(NodeGroups nodes) {
    JobSpec spec = spec(0);
    return new JobSpec(
        spec.name(),
        spec.queue(),
        spec.definition(),
        spec.shape(),
        spec.retry(),
        spec.timeoutSeconds(),
        0,
        null,
        0,
        spec.createdAt(),
        ChildOrder.NONE,
        List.of(),
        nodes);
  }

  private static Job single(JobState state) {
    return Job.fresh(JobKey.whole(ID), spec(0), state);
  }

  private static Job array(int size) {
    return Job.fresh(JobKey.whole(ID), spec(size), new JobState.Open());
  }

  private static ArrayPage page(ChildState... states) {
    byte[] ordinals = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      ordinals[i] = (byte) List.of(ChildState.values()).indexOf(states[i]);
    }
    return new ArrayPage(ID, 0, PageStates.ofOrdinals(ordinals), Map.of(), STOP, 4);
  }

  private static String say(StateChanged change) {
    return "%s %s>%s #%d"
        .formatted(
            change.job().key().isWhole() ? "job" : "child " + change.job().key().index(),
            change.from(),
            change.to(),
            change.sequence());
  }

  private static List<String> say(List<StateChanged> changes) {
    return changes.stream().map(StateChangesTest::say).toList();
  }

  private static Job applied(Job job, JobEvent... events) {
    Job after = job;
    for (JobEvent event : events) {
      if (Lifecycle.apply(after, event, NOW) instanceof Step.Changed(Job changed)) {
        after = changed;
      }
    }
    return after.version() == job.version() ? job : after.asNextOf(job);
  }

  private static JobEvent placed(Job job) {
    return new JobEvent.Placed(
        new Dispatch(HOST, "ci", job.currentAttempt(), job.nextDispatch(), NOW));
  }

  @Test
  @DisplayName("A new job comes from SUBMITTED, for which itself there is no event")
  void newJob() {
    assertThat(say(StateChanges.ofJob(null, single(new JobState.Runnable(0)), NOW)))
        .containsExactly("job SUBMITTED>RUNNABLE #2");
  }

  @Test
  @DisplayName("A write that leaves the status as it is has no event")
  void nothingChanged() {
    JobId other = JobId.of("00000000-0000-4000-8000-000000000002");
    Job waiting = single(new JobState.Pending(Set.of(TARGET, other)));
    Job less = applied(waiting, new JobEvent.DependenciesMet(Set.of(other)));
    assertThat(less.version()).isEqualTo(2);
    assertThat(StateChanges.ofJob(waiting, less, NOW)).isEmpty();
  }

  @Test
  @DisplayName("A quick task whose start and end are one write still has its RUNNING event")
  void runningIsNeverLeftOut() {
    Job before = single(new JobState.Runnable(0));
    Job starting = applied(before, placed(before));
    var key = starting.liveAttempt().orElseThrow();
    TaskEnd end = TaskEnd.exited(0, null, NOW - 20, NOW - 10);
    Job both =
        applied(
            starting,
            new JobEvent.TaskStarted(key, "t", NOW - 20),
            new JobEvent.TaskStopped(key, "t", end));
    Job endOnly = applied(starting, new JobEvent.TaskStopped(key, "t", end));
    for (Job after : List.of(both, endOnly)) {
      List<StateChanged> changes = StateChanges.ofJob(starting, after, NOW);
      assertThat(say(changes))
          .containsExactly("job STARTING>RUNNING #5", "job RUNNING>SUCCEEDED #6");
      assertThat(changes.getFirst().job().state())
          .isEqualTo(new JobState.Running(starting.dispatch().orElseThrow(), "t", NOW - 20));
      assertThat(changes.getFirst().job().attempts()).isEmpty();
      assertThat(changes.getLast().job().attempts()).hasSize(1);
    }
  }

  @Test
  @DisplayName("A task that never ran has no RUNNING event")
  void neverRan() {
    Job before = single(new JobState.Runnable(0));
    Job starting = applied(before, placed(before));
    Job again =
        applied(
            starting,
            new JobEvent.TaskStopped(
                starting.liveAttempt().orElseThrow(), "t", TaskEnd.failedToStart("pull", NOW)));
    assertThat(say(StateChanges.ofJob(starting, again, NOW)))
        .containsExactly("job STARTING>RUNNABLE #6");
  }

  @Test
  @DisplayName("When an array opens each child is told of once, page by page")
  void spawned() {
    Job parent = array(1_003);
    assertThat(StateChanges.spawns(null, parent)).isTrue();
    assertThat(say(StateChanges.ofSpawned(parent, 1, null, NOW)))
        .containsExactly(
            "child 1000 SUBMITTED>RUNNABLE #4",
            "child 1001 SUBMITTED>RUNNABLE #4",
            "child 1002 SUBMITTED>RUNNABLE #4");
    Job stopped = applied(parent, new JobEvent.StopRequested(STOP));
    assertThat(StateChanges.spawns(parent, stopped)).isFalse();
  }

  @Test
  @DisplayName("One page record is one event for each child that it alone knows of")
  void pageDifference() {
    ArrayPage before =
        page(
            ChildState.RUNNABLE,
            ChildState.RUNNABLE,
            ChildState.HANDED_OVER,
            ChildState.RUNNING,
            ChildState.RUNNABLE,
            ChildState.RUNNABLE);
    ArrayPage after =
        page(
            ChildState.STOPPED_UNSTARTED,
            ChildState.HANDED_OVER,
            ChildState.SUCCEEDED,
            ChildState.RUNNABLE_AGAIN,
            ChildState.RUNNABLE,
            ChildState.DEPENDENCY_FAILED);
    List<StateChanged> changes = StateChanges.ofPage(before, after, array(6), NOW);
    assertThat(say(changes))
        .containsExactly("child 0 RUNNABLE>FAILED #6", "child 5 RUNNABLE>FAILED #6");
    assertThat(changes.getFirst().job().state())
        .isEqualTo(new JobState.Ended(false, "no more", STOP.at()));
  }

  @Test
  @DisplayName("A hand-over that was taken back before the child had an item is no change")
  void handOverTakenBack() {
    ArrayPage handedOver = page(ChildState.HANDED_OVER, ChildState.RUNNABLE);
    ArrayPage takenBack = page(ChildState.RUNNABLE, ChildState.RUNNABLE);

    assertThat(StateChanges.ofPage(handedOver, takenBack, array(2), NOW)).isEmpty();
  }

  @Test
  @DisplayName("The first write of a page is compared with what its absence meant")
  void firstWrite() {
    ArrayPage written = page(ChildState.STOPPED_UNSTARTED, ChildState.HANDED_OVER);
    assertThat(say(StateChanges.ofPage(null, written, array(2), NOW)))
        .containsExactly("child 0 RUNNABLE>FAILED #6");
  }

  @Test
  @DisplayName("A child that was stopped while its array waited never seems to have been RUNNABLE")
  void stoppedBeforeItWasSpawned() {
    ArrayPage waiting = page(ChildState.STOPPED_UNSTARTED, ChildState.PENDING);
    assertThat(say(StateChanges.ofPage(null, waiting, array(2), NOW)))
        .containsExactly("child 0 PENDING>FAILED #6");
    assertThat(say(StateChanges.ofSpawned(array(2), 0, waiting, NOW)))
        .containsExactly("child 1 SUBMITTED>RUNNABLE #4");
  }

  @Test
  @DisplayName("Children of an array that ends before they are spawned end with it, each once")
  void endedUnspawned() {
    Job waiting = Job.fresh(JobKey.whole(ID), spec(3), new JobState.Pending(Set.of(TARGET)));
    Job failed = applied(waiting, new JobEvent.DependencyFailed(TARGET));
    assertThat(StateChanges.endsUnspawned(waiting, failed)).isTrue();
    List<StateChanged> changes = StateChanges.ofSpawned(failed, 0, null, NOW);
    assertThat(say(changes))
        .containsExactly(
            "child 0 SUBMITTED>FAILED #6",
            "child 1 SUBMITTED>FAILED #6",
            "child 2 SUBMITTED>FAILED #6");
    assertThat(changes.getFirst().job().state())
        .isEqualTo(new JobState.Ended(false, Reasons.DEPENDENCY_FAILED, NOW));
    Job stopped = applied(waiting, new JobEvent.StopRequested(STOP));
    ArrayPage early = page(ChildState.PENDING, ChildState.STOPPED_UNSTARTED, ChildState.PENDING);
    ArrayPage one = new ArrayPage(ID, 0, early.states(), Map.of(1, STOP), null, 1);
    assertThat(say(StateChanges.ofSpawned(stopped, 0, one, NOW)))
        .as("the one that was stopped before has had its event")
        .containsExactly("child 0 SUBMITTED>FAILED #6", "child 2 SUBMITTED>FAILED #6");
    StopRequest ahead = new StopRequest(STOP.kind(), STOP.reason(), NOW + 500);
    ArrayPage skewed = new ArrayPage(ID, 0, early.states(), Map.of(1, ahead), null, 1);
    assertThat(say(StateChanges.ofSpawned(stopped, 0, skewed, NOW)))
        .as("so it has when the clock of its handler is ahead")
        .containsExactly("child 0 SUBMITTED>FAILED #6", "child 2 SUBMITTED>FAILED #6");
    assertThat(
            StateChanges.endsUnspawned(
                array(3), applied(array(3), new JobEvent.ChildrenClosed(true))))
        .as("its children have told of themselves")
        .isFalse();
  }

  @Test
  @DisplayName("Children that wait for others are PENDING first, then go on or fail by their page")
  void inOrder() {
    ChildOrder order = new ChildOrder(Set.of(TARGET), true);
    Job parent = Job.fresh(JobKey.whole(ID), ordered(4, order), new JobState.Open());
    assertThat(say(StateChanges.ofSpawned(parent, 0, null, NOW)))
        .containsExactly(
            "child 0 SUBMITTED>PENDING #2",
            "child 1 SUBMITTED>PENDING #2",
            "child 2 SUBMITTED>PENDING #2",
            "child 3 SUBMITTED>PENDING #2");
    ArrayPage first =
        page(ChildState.RUNNABLE, ChildState.PENDING, ChildState.PENDING, ChildState.PENDING);
    assertThat(say(StateChanges.ofPage(null, first, parent, NOW)))
        .containsExactly("child 0 PENDING>RUNNABLE #4");
    ArrayPage failed =
        page(
            ChildState.HANDED_OVER,
            ChildState.RUNNABLE,
            ChildState.DEPENDENCY_FAILED,
            ChildState.STOPPED_UNSTARTED);
    assertThat(say(StateChanges.ofPage(first, failed, parent, NOW)))
        .containsExactly(
            "child 1 PENDING>RUNNABLE #4",
            "child 2 PENDING>FAILED #6",
            "child 3 PENDING>FAILED #6");
  }

  @Test
  @DisplayName("A node is told of from its STARTING on, in each attempt of its job")
  void nodes() {
    NodeGroups two =
        new NodeGroups(0, List.of(new NodeGroups.Group(2, new Shape(1, 128, 0))), null);
    Job fresh = Job.fresh(JobKey.node(ID, 1), withNodes(two), new JobState.Runnable(0));
    Job begun = applied(fresh, placed(fresh));
    var key = begun.liveAttempt().orElseThrow();
    Job over =
        applied(
            begun, new JobEvent.TaskStopped(key, "t", TaskEnd.exited(0, null, NOW - 20, NOW - 10)));
    Job again = applied(over, placed(over));
    List<StateChanged> told = new ArrayList<>(StateChanges.ofJob(null, begun, NOW));
    told.addAll(StateChanges.ofJob(begun, over, NOW));
    told.addAll(StateChanges.ofJob(over, again, NOW));
    assertThat(told)
        .extracting(change -> change.from() + ">" + change.to())
        .containsExactly(
            "SUBMITTED>STARTING", "STARTING>RUNNING", "RUNNING>SUCCEEDED", "SUCCEEDED>STARTING");
    assertThat(told).extracting(StateChanged::sequence).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("The events of a child's page come before those of its item")
  void pageBeforeItem() {
    Job child =
        Job.fresh(
            JobKey.child(ID, 3),
            spec(10),
            new JobState.Starting(new Dispatch(HOST, "ci", 1, 0, NOW), null));
    assertThat(say(StateChanges.ofJob(null, child, NOW)))
        .containsExactly("child 3 RUNNABLE>STARTING #8");
  }

  @Test
  @DisplayName("Whatever happens to a job, its events are a chain with a growing sequence")
  void anyHistory() {
    Random random = new Random(5);
    for (int run = 0; run < 300; run++) {
      List<StateChanged> told = new ArrayList<>();
      Job job = single(new JobState.Pending(Set.of(TARGET)));
      told.addAll(StateChanges.ofJob(null, job, NOW));
      for (int step = 0; step < 25; step++) {
        Job after = applied(job, something(job, random), something(job, random));
        if (after.version() != job.version()) {
          told.addAll(StateChanges.ofJob(job, after, NOW));
          job = after;
        }
      }
      JobStatus status = JobStatus.SUBMITTED;
      long sequence = 0;
      for (StateChanged change : told) {
        assertThat(change.from()).as("%s", told).isEqualTo(status);
        assertThat(change.sequence()).as("%s", told).isGreaterThan(sequence);
        status = change.to();
        sequence = change.sequence();
      }
      assertThat(status).isEqualTo(job.status());
    }
  }

  private static JobEvent something(Job job, Random random) {
    var key =
        job.liveAttempt().orElseGet(() -> new Dispatch(HOST, "ci", 9, 9, NOW).keyOf(job.key()));
    return switch (random.nextInt(9)) {
      case 0 -> new JobEvent.DependenciesMet(Set.of(TARGET));
      case 1, 2 -> placed(job);
      case 3 -> new JobEvent.TaskStarted(key, "t", NOW - 20);
      case 4 -> new JobEvent.TaskStopped(key, "t", TaskEnd.exited(1, null, NOW - 20, NOW));
      case 5 -> new JobEvent.TaskStopped(key, "t", TaskEnd.exited(0, null, NOW - 20, NOW));
      case 6 -> new JobEvent.DispatchUndone(key);
      case 7 -> new JobEvent.TimeoutPassed(key);
      default ->
          random.nextInt(10) == 0
              ? new JobEvent.StopRequested(STOP)
              : new JobEvent.DependencyFailed(ID);
    };
  }
}
