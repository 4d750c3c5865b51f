package dev.longshore.core.lifecycle;

import static dev.longshore.core.lifecycle.JobSamples.NOW;
import static dev.longshore.core.lifecycle.JobSamples.changed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is different for multi-node jobs and their nodes. */
class NodeLifecycleTest {
  private static final Shape SHAPE = new Shape(1, 128, 0);
  private static final JobSpec SPEC =
      new JobSpec(
          "gang",
          "queue",
          new DefinitionId("definition", 1),
          SHAPE,
          new RetryStrategy(2, List.of()),
          60,
          0,
          null,
          0,
          NOW - 200_000,
          ChildOrder.NONE,
          List.of(),
          new NodeGroups(0, List.of(new Group(2, SHAPE)), null));
  private static final Dispatch FIRST =
      new Dispatch(new HostId("ce", "i-0"), "c0", 1, 0, NOW - 100_000)
          .withGang(List.of("i-0", "i-1"));
  private static final Dispatch SECOND =
      new Dispatch(new HostId("ce", "i-0"), "c0", 2, 0, NOW).withGang(List.of("i-0", "i-1"));
  private static final JobKey NODE = JobKey.node(JobSamples.KEY.job(), 1);
  private static final Job WAITING = Job.fresh(NODE, SPEC, new JobState.Runnable(0));
  private static final StopRequest MAIN_ENDED =
      new StopRequest(StopRequest.Kind.SERVICE, Reasons.MAIN_NODE_ENDED, NOW);

  private static JobEvent placed(Dispatch dispatch) {
    return new JobEvent.Placed(dispatch.ofNode(1, "c1", NOW));
  }

  private static Job ended(Job running, Dispatch dispatch, int exitCode) {
    JobEvent stopped =
        new JobEvent.TaskStopped(
            dispatch.keyOf(running.key()), "t", TaskEnd.exited(exitCode, null, NOW - 9, NOW));
    return changed(running, stopped);
  }

  @Test
  @DisplayName("A multi-node job is placed only with a host for each of its nodes")
  void needsAllHosts() {
    Job job = Job.fresh(JobSamples.KEY, SPEC, new JobState.Runnable(0));
    assertThat(Lifecycle.apply(job, new JobEvent.Placed(FIRST.withoutGang()), NOW))
        .isInstanceOf(Step.Ignored.class);
    assertThat(changed(job, new JobEvent.Placed(FIRST)).dispatch()).contains(FIRST);
  }

  @Test
  @DisplayName("Only the last attempt of a multi-node job says where its nodes were")
  void oldAttemptsForgetHosts() {
    Job first =
        ended(
            changed(
                Job.fresh(JobSamples.KEY, SPEC, new JobState.Runnable(0)),
                new JobEvent.Placed(FIRST)),
            FIRST,
            1);
    assertThat(first.lastAttempt().map(Attempt::dispatch)).contains(FIRST);
    Job second = ended(changed(first, new JobEvent.Placed(SECOND)), SECOND, 1);
    assertThat(second.attempts().getFirst().dispatch().gang()).isEmpty();
    assertThat(second.attempts().getLast().dispatch()).isEqualTo(SECOND);
  }

  @Test
  @DisplayName("A node that fails is FAILED at once, whatever the job's retry strategy says")
  void nodesAreNotRetried() {
    Job node = ended(changed(WAITING, placed(FIRST)), FIRST, 1);
    assertThat(node.state()).isInstanceOf(JobState.Ended.class);
  }

  @Test
  @DisplayName("The next attempt of the job begins a node again; the one it had part in does not")
  void beginsAgainWithTheNextAttempt() {
    Job node = ended(changed(WAITING, placed(FIRST)), FIRST, 0);
    assertThat(Lifecycle.apply(node, placed(FIRST), NOW)).isInstanceOf(Step.Ignored.class);
    Job again = changed(node, placed(SECOND));
    assertThat(again.state()).isInstanceOf(JobState.Starting.class);
    assertThat(again.attempts()).hasSize(1);
    assertThat(again.stop()).isNull();
  }

  @Test
  @DisplayName("A node stopped because the main one ended is FAILED, but SUCCEEDED if it exits 0")
  void stoppedWithMain() {
    Job stopping = changed(changed(WAITING, placed(FIRST)), new JobEvent.StopRequested(MAIN_ENDED));
    assertThat(ended(stopping, FIRST, 143).state())
        .isEqualTo(new JobState.Ended(false, Reasons.MAIN_NODE_ENDED, NOW));
    assertThat(ended(stopping, FIRST, 0).state())
        .isEqualTo(new JobState.Ended(true, Reasons.EXITED, NOW));
  }

  @Test
  @DisplayName("The timeout is the main node's: no other node is stopped by its own clock")
  void noTimeoutOfItsOwn() {
    Job node = changed(WAITING, placed(FIRST));
    Job running = changed(node, new JobEvent.TaskStarted(FIRST.keyOf(NODE), "t", NOW - 1_000_000));
    assertThat(Lifecycle.apply(running, new JobEvent.TimeoutPassed(FIRST.keyOf(NODE)), NOW))
        .isInstanceOf(Step.Ignored.class);
  }
}
