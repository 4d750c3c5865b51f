package dev.longshore.aws.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.WorkQueue.Work;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkMessagesTest {
  private static final JobId JOB = JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8");
  private static final JobId OTHER = JobId.of("00000000-0000-0000-0000-000000000001");

  static Stream<Work> portions() {
    return Stream.of(
        new Work.SettleDependents(JOB, null),
        new Work.SettleDependents(JOB, OTHER),
        new Work.SettlePairs(JOB, 7, null),
        new Work.SettlePairs(JOB, 0, OTHER),
        new Work.StopChildren(JOB, 9),
        new Work.StartNodes(JOB, 25),
        new Work.StopNodes(JOB, 50),
        new Work.EmptyQueue("q", 2),
        new Work.Wake("q"),
        new Work.StartTask(JobKey.child(JOB, 17)),
        new Work.StopTask(JobKey.whole(JOB)),
        new Work.StopHost(new HostId("ce", "i-2")),
        new Work.CheckHost(new HostId("ce", "i-2"), 2),
        new Work.StopStray(
            new AttemptKey(JobKey.child(JOB, 3), 2, 1), new HostId("ce", "i-1"), "t"));
  }

  @ParameterizedTest
  @MethodSource("portions")
  void whatIsWrittenIsReadBack(Work work) {
    assertThat(WorkMessages.read(WorkMessages.write(work))).isEqualTo(work);
  }

  @Test
  void everyKindOfWorkIsTried() {
    assertThat(portions().map(Work::getClass).distinct())
        .hasSize(Work.class.getPermittedSubclasses().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "{\"work\":\"Dance\"}", "{\"work\":\"StopTask\",\"job\":\"x\"}"})
  void anythingElseIsRefused(String body) {
    assertThatThrownBy(() -> WorkMessages.read(body)).isInstanceOf(IllegalArgumentException.class);
  }
}
