package dev.longshore.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.usecase.PublishEvents;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Records as Lambda delivers them, with the attributes that jobs have in the table. */
class PublishHandlerTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);

  private final List<BatchEvent> told = new ArrayList<>();
  private int failsAt = -1;
  private final EventBus bus =
      events -> {
        if (told.size() == failsAt) {
          throw new StoreException("not now", new IllegalStateException());
        }
        told.addAll(events);
      };
  private final PublishHandler handler =
      new PublishHandler(
          new PublishEvents(
              new MemoryJobStore(() -> NOW, Duration.ofDays(7), () -> 0, _ -> {}, Watcher.NONE),
              bus),
          () -> NOW.plusSeconds(1));

  private static AttributeValue text(String text) {
    return new AttributeValue().withS(text);
  }

  private static Map<String, AttributeValue> job(int number, String state, int version) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", text("J#00000000-0000-4000-8000-%012d".formatted(number)));
    item.put("sk", text("job"));
    item.put("lp", text("q#R"));
    item.put("lo", text("1799999999000#00000000-0000-4000-8000-%012d".formatted(number)));
    item.put("n", text("name"));
    item.put("d", text("def:1"));
    item.put("z", text("1/128/0"));
    item.put("s", text(state));
    item.put("v", new AttributeValue().withN(Integer.toString(version)));
    if (state.equals("P")) {
      item.put("w", new AttributeValue().withBS(ByteBuffer.wrap(new byte[16])));
    }
    return item;
  }

  private static DynamodbStreamRecord record(
      String number,
      String name,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after) {
    StreamRecord change = new StreamRecord();
    change.setSequenceNumber(number);
    change.setApproximateCreationDateTime(Date.from(NOW));
    change.setOldImage(before);
    change.setNewImage(after);
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName(name);
    record.setDynamodb(change);
    return record;
  }

  private List<String> failures(List<DynamodbStreamRecord> records) {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(records);
    StreamsEventResponse answer = handler.handleRequest(event, Nobody.CONTEXT);
    return answer.getBatchItemFailures().stream()
        .map(StreamsEventResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private List<String> say() {
    return told.stream()
        .map(BatchEvent.StateChanged.class::cast)
        .map(event -> event.from() + ">" + event.to() + " #" + event.sequence())
        .toList();
  }

  @Test
  @DisplayName("Events follow from both images; expiry's removals and other items have none")
  void publishes() {
    Map<String, AttributeValue> other = new HashMap<>(job(9, "R", 1));
    other.put("sk", text("doc"));
    assertThat(
            failures(
                List.of(
                    record("1", "INSERT", null, job(1, "P", 1)),
                    record("2", "MODIFY", job(1, "P", 1), job(1, "R", 2)),
                    record("3", "INSERT", null, other),
                    record("4", "REMOVE", job(1, "R", 2), null))))
        .isEmpty();
    assertThat(say()).containsExactly("SUBMITTED>PENDING #2", "PENDING>RUNNABLE #4");
    assertThat(told.getFirst().at()).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  @DisplayName("A change whose time is not told is taken to be of now")
  void withoutTime() {
    DynamodbStreamRecord timeless = record("1", "INSERT", null, job(1, "P", 1));
    timeless.getDynamodb().setApproximateCreationDateTime(null);
    assertThat(failures(List.of(timeless))).isEmpty();
    assertThat(told.getFirst().at()).isEqualTo(NOW.plusSeconds(1).toEpochMilli());
  }

  @Test
  @DisplayName("The first record that fails is named, and nothing behind it is published before it")
  void stopsAtTheFirstFailure() {
    List<DynamodbStreamRecord> records =
        List.of(
            record("1", "INSERT", null, job(1, "R", 1)),
            record("2", "INSERT", null, job(2, "R", 1)),
            record("3", "INSERT", null, job(3, "R", 1)));
    failsAt = 1;
    assertThat(failures(records)).containsExactly("2");
    assertThat(told).hasSize(1);
    failsAt = -1;
    assertThat(failures(records.subList(1, 3))).isEmpty();
    assertThat(told).hasSize(3);
  }

  @Test
  @DisplayName("A record that cannot be read is named too")
  void unreadable() {
    Map<String, AttributeValue> broken = job(1, "?", 1);
    assertThat(failures(List.of(record("7", "INSERT", null, broken)))).containsExactly("7");
  }
}
