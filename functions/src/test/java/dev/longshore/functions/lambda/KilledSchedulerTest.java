package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The scheduler is cut off on its way to ECS, which honours client tokens as AWS documents it. */
class KilledSchedulerTest {
  private final Rig rig = new Rig();
  private final Story story = new Story(rig).prepare();

  /** A host is there and idle, and a job waits for the next round. */
  private void waiting() {
    story.submit("long", "");
    rig.settle();
    rig.agents().ending(_ -> 0);
    rig.settle();
    story.submit("single", "");
  }

  private void minutes(int many) {
    for (int minute = 0; minute < many; minute++) {
      rig.pass(Duration.ofMinutes(1));
      rig.tick();
      rig.settle();
    }
  }

  private void startedOnce() {
    assertThat(story.outcome().get("single")).startsWith("SUCCEEDED").endsWith(" 0 ");
    assertThat(rig.agents().tasks()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("Killed after it took room or wrote STARTING, before RunTask: one task in the end")
  void killedBeforeRunTask(int writes) {
    waiting();
    int asked = rig.ecs().runs.size();
    rig.stream().cutOffAfter(Entry.SCHEDULER, writes);
    assertThatThrownBy(rig::settle).isInstanceOf(StreamTap.CutOff.class);
    assertThat(rig.ecs().runs).hasSize(asked);
    rig.settle();
    minutes(4);
    startedOnce();
  }

  @Test
  @DisplayName("Killed after RunTask, whose answer is lost: the repetition starts nothing more")
  void answerLost() {
    waiting();
    rig.agents().ending(_ -> null);
    int asked = rig.ecs().runs.size();
    rig.ecs().after.add(SdkClientException.create("connection reset"));
    rig.settle();
    minutes(3);
    assertThat(rig.ecs().runs).hasSizeGreaterThan(asked);
    assertThat(rig.agents().tasks()).hasSize(2);
    rig.agents().ending(_ -> 0);
    rig.settle();
    startedOnce();
  }

  @Test
  @DisplayName("RunTask is repeated with the token and the parameters of the first call")
  void sameCall() {
    waiting();
    rig.agents().silence();
    rig.ecs().before.add(() -> SdkClientException.create("timed out"));
    rig.settle();
    minutes(3);
    assertThat(rig.ecs().runs.size()).isGreaterThan(2);
    assertThat(rig.ecs().runs.stream().skip(1).distinct()).hasSize(1);
    rig.agents().speak();
    rig.settle();
    startedOnce();
  }
}
