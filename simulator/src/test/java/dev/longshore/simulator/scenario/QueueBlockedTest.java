package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.Written;
import dev.longshore.core.usecase.PublishEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From the round that finds a queue blocked to the event that says so. */
class QueueBlockedTest {
  private final Rig rig = new Rig();
  private final Service service = rig.service(Alteration.NONE);
  private final List<BatchEvent> told = new ArrayList<>();
  private final PublishEvents publish = new PublishEvents(rig.jobs, told::addAll);
  private Holds last = Holds.none(Setting.APART);

  /** A job that no instance type is large enough for. */
  private Job tooLarge(int vcpus) {
    rig.now++;
    JobSpec spec =
        new JobSpec(
            "large",
            Setting.APART,
            new DefinitionId("d", 1),
            new Shape(vcpus, 1_000, 0),
            RetryStrategy.ONCE,
            0,
            0,
            null,
            0,
            rig.now);
    Job job = Job.fresh(JobKey.whole(rig.ids.random()), spec, new JobState.Runnable(0));
    assertThat(rig.jobs.create(job, new JobDocument("{}", Map.of()))).isTrue();
    return job;
  }

  /** Runs a round; when it stored why jobs wait, that is published. True when it did. */
  private boolean round() {
    rig.now += 1_000;
    service.schedule().accept(Setting.APART);
    Holds now = rig.catalog.holds(Setting.APART);
    boolean changed = now.version() != last.version();
    if (changed) {
      publish.publish("holds " + now.version(), new Written.HoldsWritten(last, now), rig.now);
    }
    last = now;
    return changed;
  }

  @Test
  @DisplayName("A blocked queue is told once, and again when something else blocks it")
  void oncePerBlockage() {
    Job first = tooLarge(500);
    assertThat(round()).isTrue();
    long since = rig.now;
    assertThat(round()).as("nothing is stored while nothing changes").isFalse();
    Job second = tooLarge(600);
    assertThat(round()).isTrue();
    assertThat(told).as("it is not the first in its queue").hasSize(1);
    service.stop().cancel(first.key(), "too large");
    assertThat(round()).isTrue();
    assertThat(round()).isFalse();
    assertThat(told)
        .extracting(event -> event.job().key())
        .containsExactly(first.key(), second.key());
    BatchEvent.QueueBlocked event = (BatchEvent.QueueBlocked) told.getFirst();
    assertThat(event.since()).isEqualTo(since);
    assertThat(event.reason()).startsWith("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - ");
  }

  @Test
  @DisplayName(
      "A queue that stays blocked is told again after an hour, without a write before that")
  void againAfterAnHour() {
    Job first = tooLarge(500);
    assertThat(round()).isTrue();
    rig.now += Duration.ofMinutes(59).toMillis();
    assertThat(round()).isFalse();
    rig.now += Duration.ofMinutes(1).toMillis();
    assertThat(round()).isTrue();
    assertThat(round()).isFalse();
    assertThat(told).hasSize(2).allMatch(event -> event.job().key().equals(first.key()));
    assertThat(told.get(1).at() - told.get(0).at()).isGreaterThan(3_600_000);
  }

  @Test
  @DisplayName("The head is who stands first, whoever of its kind was the first to be held")
  void exactHead() {
    Job first = tooLarge(500);
    Job second = tooLarge(500);
    assertThat(round()).isTrue();
    service.stop().cancel(first.key(), "too large");
    assertThat(round()).isTrue();
    assertThat(told)
        .extracting(event -> event.job().key())
        .containsExactly(first.key(), second.key());
  }

  @Test
  @DisplayName("A queue that waits for room is not blocked")
  void waiting() {
    rig.put(0, new JobState.Runnable(0));
    assertThat(round()).isTrue();
    assertThat(last.entries()).hasSize(1);
    assertThat(told).isEmpty();
  }
}
