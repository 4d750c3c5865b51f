package dev.longshore.functions.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.BatchEvent.StateChanged;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportedEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JobId ID = JobId.of("0f1c2d3e-0000-4000-8000-000000000001");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final JsonLines lines = new JsonLines(new PrintStream(written, true, UTF_8));

  private static StateChanged change(JobStatus from, JobState to, long at) {
    return new StateChanged(from, Job.fresh(JobKey.whole(ID), SPEC, to), Map.of(), at, at);
  }

  private static final JobSpec SPEC = spec();

  private static JobSpec spec() {
    return new JobSpec(
        "name",
        "queue-1",
        new DefinitionId("def", 1),
        new Shape(1, 128, 0),
        RetryStrategy.ONCE,
        0,
        0,
        null,
        0,
        1);
  }

  private List<JsonNode> published(EventBus bus, BatchEvent... events) {
    new ReportedEvents(bus, lines).publish(List.of(events));
    return written
        .toString(UTF_8)
        .lines()
        .map(line -> {
          try {
            return JSON.readTree(line);
          } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
          }
        })
        .toList();
  }

  @Test
  @DisplayName("Each event is a line with its job, and becomes a count of its queue and status")
  void countsByQueueAndStatus() {
    Dispatch dispatch = new Dispatch(new HostId("ce", "i-1"), "c", 1, 0, 5_250);
    List<JsonNode> out =
        published(
            _ -> {},
            change(JobStatus.SUBMITTED, new JobState.Runnable(0), 5_000),
            change(JobStatus.RUNNABLE, new JobState.Starting(dispatch, null), 5_250));
    assertThat(out.getFirst().path("jobs").get(0).asText()).isEqualTo(ID.toString());
    assertThat(out.get(1).path("to").asText()).isEqualTo("STARTING");
    JsonNode counts = out.get(2);
    assertThat(counts.path("Queue").asText()).isEqualTo("queue-1");
    assertThat(counts.path("JobsRunnable").asInt()).isEqualTo(1);
    assertThat(counts.path("JobsStarting").asInt()).isEqualTo(1);
    assertThat(
            counts
                .path("_aws")
                .path("CloudWatchMetrics")
                .get(0)
                .path("Dimensions")
                .get(0)
                .get(0)
                .asText())
        .isEqualTo("Queue");
    assertThat(out.get(3).path("DispatchLatency").asDouble()).isEqualTo(250);
  }

  @Test
  @DisplayName("What the bus did not take is not reported")
  void nothingUntaken() {
    EventBus broken =
        _ -> {
          throw new StoreException("not now", new IllegalStateException());
        };
    assertThatThrownBy(
            () -> published(broken, change(JobStatus.SUBMITTED, new JobState.Runnable(0), 1)))
        .isInstanceOf(StoreException.class);
    assertThat(written.size()).isZero();
  }
}
