package dev.longshore.aws.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.aws.repair.Repair.Task;
import dev.longshore.aws.work.WorkMessages;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepairMessagesTest {
  private static final JobId JOB = JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8");

  static Stream<Task> tasks() {
    return Stream.of(
        new Task.Follow(new Change.JobChanged(JobKey.whole(JOB))),
        new Task.Follow(new Change.JobChanged(JobKey.child(JOB, 17))),
        new Task.Follow(new Change.JobChanged(JobKey.node(JOB, 2))),
        new Task.Follow(new Change.PageChanged(JOB, 3)),
        new Task.Follow(new Change.QueueChanged("q")),
        new Task.Follow(new Change.EnvironmentChanged("ce")),
        new Task.Publish("{\"id\":\"e\",\"detail\":{\"jobName\":\"\\\"n\\\"\"}}"));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  @DisplayName("What is written is read back, with how often it was tried")
  void roundTrip(Task task) {
    Repair repair = new Repair(task, 4);
    assertThat(RepairMessages.read(RepairMessages.write(repair))).hasValue(repair);
  }

  @Test
  @DisplayName("Every kind of change can be repaired")
  void everyChange() {
    assertThat(
            tasks()
                .flatMap(it -> it instanceof Task.Follow(Change c) ? Stream.of(c) : Stream.empty())
                .map(Change::getClass)
                .distinct())
        .hasSize(Change.class.getPermittedSubclasses().length);
  }

  @Test
  @DisplayName("A person's message needs the job's ID only")
  void byHand() {
    assertThat(RepairMessages.read("{\"repair\":\"Job\",\"job\":\"" + JOB + "\"}"))
        .hasValue(Repair.of(new Task.Follow(new Change.JobChanged(JobKey.whole(JOB)))));
  }

  @Test
  @DisplayName("A portion of work is no repair")
  void others() {
    assertThat(RepairMessages.read(WorkMessages.write(new Work.Wake("q")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"repair\":\"Dance\"}",
        "{\"repair\":\"Job\"}",
        "{\"repair\":\"Job\",\"job\":\"x\"}",
        "{\"repair\":\"Event\",\"event\":\"text\"}"
      })
  @DisplayName("A repair that does not say what is to be done is refused")
  void wrong(String body) {
    assertThatThrownBy(() -> RepairMessages.read(body))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("Repairs come after 1, 2, 4, 8 and then 15 minutes, and end after an hour")
  void delays() {
    List<Long> minutes = new ArrayList<>();
    Duration sum = Duration.ZERO;
    Optional<Repair> next = Optional.of(Repair.of(new Task.Follow(new Change.QueueChanged("q"))));
    while (next.isPresent()) {
      minutes.add(next.get().delay().toMinutes());
      sum = sum.plus(next.get().delay());
      next = next.get().again();
    }
    assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 15L, 15L, 15L);
    assertThat(sum).isEqualTo(Duration.ofHours(1));
  }
}
