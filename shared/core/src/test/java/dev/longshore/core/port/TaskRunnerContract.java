package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.port.TaskRunner.KnownTask;
import dev.longshore.core.port.TaskRunner.Start;
import dev.longshore.core.port.TaskRunner.StartAnswer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link TaskRunner} keeps. Tasks run until they are stopped. */
public abstract class TaskRunnerContract {
  /** A host that is up when {@link #newRunner} made its runner, and one that is not. */
  protected static final HostId UP = new HostId("env", "i-0123456789abcdef0");

  protected static final HostId OTHER = new HostId("env", "i-0123456789abcdef1");
  private static final HostId ABSENT = new HostId("env", "i-0fffffffffffffff0");

  private static final String DEFINITION =
      """
      {"jobDefinitionName":"indexer","type":"container","containerProperties":{"image":"busybox",
       "command":["sleep","Ref::time"],"resourceRequirements":[{"type":"VCPU","value":"1"},
       {"type":"MEMORY","value":"2048"}]},"parameters":{"time":"60"}}
      """;

  private TaskRunner runner;

  /** A runner without tasks, with the hosts {@link #UP} and {@link #OTHER}. */
  protected abstract TaskRunner newRunner();

  /** Lets what was asked for come about. */
  protected abstract void settle();

  @BeforeEach
  void makeRunner() {
    runner = newRunner();
  }

  /** A start of the job with this number; {@code dispatch} as the number of its placement. */
  protected static Start start(int number, HostId host, int dispatch) {
    Dispatch placed = new Dispatch(host, "0f5c9ad2b1d64d0a8c1d2e3f4a5b6c7d", 1, dispatch, NOW);
    Job job =
        Job.fresh(
            JobKey.whole(id(number)),
            Samples.spec("q", 0, NOW),
            new JobState.Starting(placed, null));
    return new Start(
        job,
        new JobDefinition(new DefinitionId("indexer", 7), true, DEFINITION, Map.of(), NOW, 0, 1),
        new JobDocument("{\"jobName\":\"nightly\"}", Map.of()));
  }

  private static AttemptKey keyOf(Start start) {
    return start.job().liveAttempt().orElseThrow();
  }

  @Test
  @DisplayName("The same start twice makes one task")
  void startsOnce() {
    Start start = start(1, UP, 0);
    assertThat(runner.start(start)).isEqualTo(new StartAnswer.Accepted());
    assertThat(runner.start(start)).isEqualTo(new StartAnswer.Accepted());
    assertThat(runner.tasks(keyOf(start), UP)).hasSize(1);
  }

  @Test
  @DisplayName("Another placement of the same attempt is another task")
  void placementsAreApart() {
    runner.start(start(1, UP, 0));
    runner.start(start(1, OTHER, 1));
    assertThat(runner.tasks(keyOf(start(1, UP, 0)), UP)).hasSize(1);
    assertThat(runner.running(OTHER))
        .extracting(KnownTask::attempt)
        .containsExactly(keyOf(start(1, OTHER, 1)));
  }

  @Test
  @DisplayName("A host that is not there refuses, and no task is known")
  void absentHostRefuses() {
    assertThat(runner.start(start(1, ABSENT, 0))).isInstanceOf(StartAnswer.Refused.class);
    assertThat(runner.tasks(keyOf(start(1, ABSENT, 0)), ABSENT)).isEmpty();
  }

  @Test
  @DisplayName("A task that was stopped is known as stopped, and runs on no host")
  void stops() {
    Start start = start(1, UP, 0);
    runner.start(start);
    settle();
    String task = runner.tasks(keyOf(start), UP).getFirst().task();
    runner.stop(keyOf(start), UP, task, "not needed");
    settle();
    assertThat(runner.tasks(keyOf(start), UP))
        .containsExactly(new KnownTask(keyOf(start), UP, task, false));
    assertThat(runner.running(UP)).isEmpty();
  }

  @Test
  @DisplayName("A task is stopped also when only its attempt is known")
  void stopsByAttempt() {
    Start start = start(1, UP, 0);
    runner.start(start);
    settle();
    runner.stop(keyOf(start), UP, null, "not needed");
    settle();
    assertThat(runner.tasks(keyOf(start), UP)).extracting(KnownTask::running).containsOnly(false);
  }

  @Test
  @DisplayName("A start that is repeated after the end of its task starts nothing")
  void startsNothingAfterTheEnd() {
    Start start = start(1, UP, 0);
    runner.start(start);
    settle();
    runner.stop(keyOf(start), UP, null, "not needed");
    settle();
    runner.start(start);
    assertThat(runner.tasks(keyOf(start), UP)).hasSize(1);
  }

  @Test
  @DisplayName("Stopping what is not there is no error")
  void stopsNothing() {
    Start start = start(1, UP, 0);
    runner.stop(keyOf(start), UP, null, "not needed");
    runner.stop(keyOf(start), UP, "3f0e1d2c3b4a59687766554433221100", "not needed");
    assertThat(runner.tasks(keyOf(start), UP)).isEmpty();
  }
}
