package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlotWaitTest {
  private static SQSEvent nudges(String... deduplicationIds) {
    List<SQSMessage> messages =
        Stream.of(deduplicationIds)
            .map(id -> {
              SQSMessage message = new SQSMessage();
              message.setAttributes(Map.of("MessageDeduplicationId", id));
              return message;
            })
            .toList();
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  @Test
  @DisplayName("A batch waits for its latest slot, so that no nudge's write is missed")
  void latest() {
    assertThat(SlotWait.readableAt(nudges("a/5001", "b/5000"))).isEqualTo(1_000_500);
  }

  @Test
  @DisplayName("A message that says no slot does not keep a round waiting")
  void none() {
    assertThat(SlotWait.readableAt(nudges("by-hand"))).isZero();
    SQSEvent bare = new SQSEvent();
    bare.setRecords(List.of(new SQSMessage()));
    assertThat(SlotWait.readableAt(bare)).isZero();
  }
}
