package dev.longshore.aws.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.aws.repair.Repair;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.wire.Arns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class AwsEventBusTest {
  private static final long NOW = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  private final Bus bus = new Bus();
  private final MemoryJobStore jobs =
      new MemoryJobStore(
          () -> Instant.ofEpochMilli(NOW), Duration.ofDays(7), () -> 0, _ -> {}, Watcher.NONE);
  private final List<Repair> parked = new ArrayList<>();
  private boolean parks = true;
  private Duration passed = Duration.ZERO;
  private final AwsEventBus adapter =
      new AwsEventBus(
          bus,
          "default",
          new EventDetails(jobs, catalog()),
          new Arns("eu-west-1", "111122223333"),
          this::park,
          () -> Instant.ofEpochMilli(NOW).plus(passed));

  private void park(List<Repair> repairs) {
    if (!parks) {
      throw new StoreException("full", new IllegalStateException());
    }
    parked.addAll(repairs);
  }

  /** A bus that takes what it may, and refuses single entries. */
  private static final class Bus implements EventBridgeClient {
    private final List<PutEventsRequestEntry> taken = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();
    private int refuses;
    private boolean silent;
    private boolean tooLarge;
    private String code = "ThrottlingException";
    private String bad = "nobody";

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
      assertThat(request.entries()).hasSizeBetween(1, 10);
      calls.add(request.entries().size());
      if (silent) {
        throw SdkClientException.create("no answer");
      }
      if (tooLarge) {
        throw EventBridgeException.builder().statusCode(400).message("too large").build();
      }
      List<PutEventsResultEntry> results = new ArrayList<>();
      for (PutEventsRequestEntry entry : request.entries()) {
        boolean refused = refuses > 0 && results.size() % 2 == 1;
        if (refused || entry.detail().contains("\"" + bad + "\"")) {
          refuses--;
          results.add(PutEventsResultEntry.builder().errorCode(code).build());
        } else {
          taken.add(entry);
          results.add(PutEventsResultEntry.builder().eventId("e").build());
        }
      }
      return PutEventsResponse.builder().entries(results).build();
    }

    @Override
    public String serviceName() {
      return "events";
    }

    @Override
    public void close() {}
  }

  private static MemoryCatalogStore catalog() {
    MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
    catalog.createDefinition(
        new JobDefinition(
            new DefinitionId("d", 1),
            true,
            "{\"containerProperties\":{\"image\":\"i\",\"resourceRequirements\":["
                + "{\"type\":\"VCPU\",\"value\":\"1\"},{\"type\":\"MEMORY\",\"value\":\"512\"}]}}",
            Map.of(),
            NOW,
            0,
            1));
    return catalog;
  }

  private BatchEvent event(int number, int length) {
    JobSpec spec =
        new JobSpec(
            "job" + number,
            "q",
            new DefinitionId("d", 1),
            new Shape(1, 512, 0),
            RetryStrategy.ONCE,
            0,
            0,
            null,
            0,
            NOW);
    Job job =
        Job.fresh(JobKey.whole(new JobId(new UUID(number, 1))), spec, new JobState.Runnable(0));
    String command = "{\"containerOverrides\":{\"command\":[\"" + "x".repeat(length) + "\"]}}";
    jobs.create(job, new JobDocument(command, Map.of()));
    return new BatchEvent.StateChanged(JobStatus.SUBMITTED, job, Map.of(), number, NOW);
  }

  private List<BatchEvent> events(int count, int length) {
    List<BatchEvent> events = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      events.add(event(number, length));
    }
    return events;
  }

  private List<String> names() {
    return bus.taken.stream()
        .map(entry -> entry.detail().replaceAll(".*\"jobName\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  @DisplayName("An event has our source, AWS's type and the job's ARN")
  void shape() {
    adapter.publish(events(1, 1));
    PutEventsRequestEntry entry = bus.taken.getFirst();
    assertThat(entry.source()).isEqualTo("longshore.batch");
    assertThat(entry.detailType()).isEqualTo("Batch Job State Change");
    assertThat(entry.eventBusName()).isEqualTo("default");
    assertThat(entry.time()).isEqualTo(Instant.ofEpochMilli(NOW));
    assertThat(entry.resources().getFirst())
        .startsWith("arn:aws:batch:eu-west-1:111122223333:job/");
    assertThat(entry.detail()).contains("\"jobName\":\"job1\"");
  }

  @Test
  @DisplayName("Ten go in a call, in order")
  void tens() {
    adapter.publish(events(23, 1));
    assertThat(bus.calls).containsExactly(10, 10, 3);
    assertThat(names().getFirst()).isEqualTo("job1");
    assertThat(names()).hasSize(23).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("A call that was partly refused is repeated for the rest, and nothing goes twice")
  void partly() {
    bus.refuses = 7;
    adapter.publish(events(12, 1));
    assertThat(names()).hasSize(12).doesNotHaveDuplicates();
    assertThat(bus.calls.size()).isGreaterThan(2);
  }

  private List<String> parkedNames() {
    return parked.stream()
        .map(repair -> ((Repair.Task.Publish) repair.task()).event())
        .map(event -> event.replaceAll(".*\"jobName\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  @DisplayName("An event that the bus refuses for good is parked at once, and the others go on")
  void refused() {
    bus.bad = "job3";
    bus.code = "InvalidArgument";
    adapter.publish(events(12, 1));
    assertThat(parkedNames()).containsExactly("job3");
    assertThat(names()).hasSize(11).doesNotContain("job3");
    assertThat(bus.calls).containsExactly(10, 2);
  }

  @Test
  @DisplayName("An event that is throttled four times is parked")
  void throttled() {
    bus.bad = "job2";
    adapter.publish(events(2, 1));
    assertThat(parkedNames()).containsExactly("job2");
    assertThat(bus.calls).containsExactly(2, 1, 1, 1, 1);
  }

  @Test
  @DisplayName("A call that is refused as a whole is parked, and what comes after it is published")
  void wholeCall() {
    bus.tooLarge = true;
    adapter.publish(events(2, 1));
    bus.tooLarge = false;
    adapter.publish(List.of(event(3, 1)));
    assertThat(parkedNames()).containsExactly("job1", "job2");
    assertThat(names()).containsExactly("job3");
  }

  @Test
  @DisplayName("A bus that does not answer is not asked again for 30 s; its events are parked")
  void silent() {
    bus.silent = true;
    adapter.publish(events(23, 1));
    adapter.publish(List.of(event(24, 1)));
    assertThat(bus.calls).hasSize(1);
    assertThat(parkedNames()).hasSize(24).doesNotHaveDuplicates();
    bus.silent = false;
    passed = Duration.ofSeconds(30);
    adapter.publish(List.of(event(25, 1)));
    assertThat(names()).containsExactly("job25");
  }

  @Test
  @DisplayName("When nobody takes its events a bus that does not answer is told of")
  void neither() {
    bus.silent = true;
    parks = false;
    assertThatThrownBy(() -> adapter.publish(events(1, 1))).isInstanceOf(StoreException.class);
  }

  @Test
  @DisplayName("A parked event is published later as it was; it is not parked a second time")
  void later() {
    bus.silent = true;
    adapter.publish(events(1, 1));
    String event = ((Repair.Task.Publish) parked.getFirst().task()).event();
    assertThatThrownBy(() -> adapter.publish(event)).isInstanceOf(StoreException.class);
    assertThat(parked).hasSize(1);
    bus.silent = false;
    adapter.publish(event);
    assertThat(names()).containsExactly("job1");
    assertThat(bus.taken.getFirst().time()).isEqualTo(Instant.ofEpochMilli(NOW));
  }
}
