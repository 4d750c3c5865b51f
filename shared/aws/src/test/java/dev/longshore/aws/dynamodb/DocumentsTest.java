package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a crash in the middle of a submission leaves behind does no harm. */
class DocumentsTest {
  private static final JobId ID = JobId.of("8f7a0c1e-52d3-4b6f-9e0a-1b2c3d4e5f60");
  private static final JobDocument LARGE = new JobDocument("x".repeat(3_000), Map.of("a", "b"));

  private final Table table = EmbeddedTables.fresh();
  private final DynamoJobStore jobs =
      new DynamoJobStore(table, () -> Instant.ofEpochMilli(1), Duration.ofDays(7));

  private static Job job() {
    JobSpec spec =
        new JobSpec(
            "name",
            "q",
            new DefinitionId("d", 1),
            new Shape(1, 2, 0),
            RetryStrategy.ONCE,
            0,
            0,
            null,
            0,
            1);
    return Job.fresh(JobKey.whole(ID), spec, new JobState.Runnable(0));
  }

  @Test
  @DisplayName("A submission that was cut off after its document is completed by the next try")
  void completesAnEarlierTry() {
    assertThat(jobs.create(job(), LARGE)).isTrue();
    assertThat(table.delete(WriteKind.PURGED, ItemKey.job(job().key()), Guard.PRESENT)).isTrue();
    assertThat(jobs.document(ID)).isEmpty();
    assertThat(jobs.create(job(), LARGE)).isTrue();
    assertThat(jobs.document(ID)).contains(LARGE);
  }

  @Test
  @DisplayName("A large document that lost the race for an ID does not replace a small one")
  void keepsTheWinnersDocument() {
    JobDocument small = new JobDocument("{}", Map.of());
    assertThat(jobs.create(job(), small)).isTrue();
    assertThat(jobs.create(job(), LARGE)).isFalse();
    assertThat(jobs.document(ID)).contains(small);
    assertThat(jobs.saveTags(ID, Map.of("k", "v".repeat(600)))).isTrue();
    assertThat(jobs.document(ID)).contains(new JobDocument("{}", Map.of("k", "v".repeat(600))));
  }
}
