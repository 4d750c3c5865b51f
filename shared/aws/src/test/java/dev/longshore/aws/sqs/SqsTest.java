package dev.longshore.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.aws.repair.Repair;
import dev.longshore.aws.work.WorkMessages;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SqsTest {
  private final List<SendMessageRequest> sent = new ArrayList<>();
  private final List<SendMessageBatchRequest> batches = new ArrayList<>();
  private long now = 1_000_000;

  /** Takes messages down. */
  private final SqsClient client =
      new SqsClient() {
        @Override
        public SendMessageResponse sendMessage(SendMessageRequest request) {
          if (request.queueUrl().equals("broken")) {
            throw SdkClientException.create("no answer");
          }
          sent.add(request);
          return SendMessageResponse.builder().build();
        }

        @Override
        public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
          batches.add(request);
          return SendMessageBatchResponse.builder()
              .failed(
                  request.queueUrl().equals("full")
                      ? List.of(BatchResultErrorEntry.builder().id("0").code("Full").build())
                      : List.of())
              .build();
        }

        @Override
        public String serviceName() {
          return SERVICE_NAME;
        }

        @Override
        public void close() {}
      };

  private final SqsNudges nudges =
      new SqsNudges(
          new Queue(() -> client, "scheduler"),
          new Queue(() -> client, "capacity"),
          () -> Instant.ofEpochMilli(now));

  @Test
  @DisplayName("Nudges of a domain within 200 ms have one ID, the next slot and others their own")
  void slots() {
    nudges.scheduler("a");
    now += 199;
    nudges.scheduler("a");
    nudges.scheduler("b");
    nudges.capacity("a");
    now += 1;
    nudges.scheduler("a");
    assertThat(sent)
        .extracting(
            it -> it.queueUrl() + " " + it.messageBody() + " " + it.messageDeduplicationId())
        .containsExactly(
            "scheduler a a/5000",
            "scheduler a a/5000",
            "scheduler b b/5000",
            "capacity a a/5000",
            "scheduler a a/5001");
    assertThat(sent).extracting(SendMessageRequest::messageGroupId).contains("a", "b");
  }

  @Test
  @DisplayName("A round may read from 100 ms after the end of the slot on")
  void readable() {
    assertThat(NudgeSlot.readableAt("a/b/5000")).hasValue(1_000_300);
    assertThat(NudgeSlot.readableAt("something else")).isEmpty();
  }

  @Test
  @DisplayName("The longest domain fits into a message group, and its body says it in full")
  void longNames() {
    String domain = "environment/" + "e".repeat(128);
    nudges.scheduler(domain);
    assertThat(sent.getFirst().messageBody()).isEqualTo(domain);
    assertThat(sent.getFirst().messageGroupId()).hasSizeLessThanOrEqualTo(128);
    assertThat(sent.getFirst().messageDeduplicationId()).hasSizeLessThanOrEqualTo(128);
  }

  @Test
  @DisplayName("Work is delayed by whole seconds, rounded up, 15 minutes at most")
  void work() {
    SqsWorkQueue queue = new SqsWorkQueue(new Queue(() -> client, "work"));
    queue.send(new Work.Wake("q"), Duration.ZERO);
    queue.send(new Work.Wake("q"), Duration.ofMillis(1_001));
    queue.send(new Work.Wake("q"), Duration.ofHours(1));
    assertThat(sent).extracting(SendMessageRequest::delaySeconds).containsExactly(0, 2, 900);
    assertThat(WorkMessages.read(sent.getFirst().messageBody())).isEqualTo(new Work.Wake("q"));
  }

  private static List<Repair> events(int count, int length) {
    String event = "{\"detail\":\"" + "x".repeat(length) + "\"}";
    return Collections.nCopies(count, new Repair(new Repair.Task.Publish(event), 1));
  }

  @Test
  @DisplayName("Repairs go ten in a call, fewer when they are large, each with its delay")
  void repairs() {
    SqsRepairQueue queue = new SqsRepairQueue(new Queue(() -> client, "repairs"));
    queue.send(events(23, 10));
    queue.send(events(3, 120_000));
    queue.send(List.of());
    assertThat(batches).extracting(it -> it.entries().size()).containsExactly(10, 10, 3, 2, 1);
    assertThat(batches.getFirst().entries())
        .allMatch(it -> it.delaySeconds() == 120)
        .extracting(it -> it.id())
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("A queue that takes only a part of a call has not taken it")
  void partly() {
    SqsRepairQueue queue = new SqsRepairQueue(new Queue(() -> client, "full"));
    assertThatThrownBy(() -> queue.send(events(2, 1))).isInstanceOf(StoreException.class);
  }

  @Test
  @DisplayName("More ticks come every 15 s within the minute, and are known from the timer's own")
  void ticks() {
    new SqsTicks(new Queue(() -> client, "ticks")).more();
    assertThat(sent).extracting(SendMessageRequest::delaySeconds).containsExactly(15, 30, 45);
    assertThat(sent).allMatch(it -> SqsTicks.isMore(it.messageBody()));
    assertThat(SqsTicks.isMore("{\"detail-type\":\"Scheduled Event\"}")).isFalse();
  }

  @Test
  @DisplayName("A queue that does not answer is a store that does not answer")
  void noAnswer() {
    SqsWorkQueue queue = new SqsWorkQueue(new Queue(() -> client, "broken"));
    assertThatThrownBy(() -> queue.send(new Work.Wake("q"), Duration.ZERO))
        .isInstanceOf(StoreException.class);
  }
}
