package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** SQS: messages by queue, with delays, and with the deduplication of FIFO queues. */
final class FakeSqs implements SqsClient {
  private final InstantSource clock;
  private final List<Sent> waiting = new ArrayList<>();
  private final Set<String> deduplicated = new HashSet<>();
  private int number;
  private int requests;
  private @Nullable String refused;

  FakeSqs(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on this queue takes nothing; null for all again. */
  void refuse(@Nullable String queue) {
    refused = queue;
  }

  /** How many calls sent something until now. */
  int requests() {
    return requests;
  }

  private record Sent(String queue, long due, SQSMessage message) {}

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    requests++;
    @Nullable String id = request.messageDeduplicationId();
    if (id == null || deduplicated.add(request.queueUrl() + " " + id)) {
      int delay = request.delaySeconds() == null ? 0 : request.delaySeconds();
      SQSMessage message = message(request.messageBody());
      if (id != null) {
        message.setAttributes(Map.of("MessageDeduplicationId", id));
      }
      waiting.add(new Sent(request.queueUrl(), clock.millis() + delay * 1000L, message));
    }
    return SendMessageResponse.builder().build();
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    requests++;
    if (request.queueUrl().equals(refused)) {
      throw SdkClientException.create("no answer");
    }
    for (SendMessageBatchRequestEntry entry : request.entries()) {
      waiting.add(
          new Sent(
              request.queueUrl(),
              clock.millis() + entry.delaySeconds() * 1000L,
              message(entry.messageBody())));
    }
    return SendMessageBatchResponse.builder().build();
  }

  /** A message as it is received. */
  SQSMessage message(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m" + ++number);
    message.setBody(body);
    return message;
  }

  /** All messages of a queue that are due, at most ten; they are not there any more. */
  List<SQSMessage> receive(String queue) {
    List<Sent> due =
        waiting.stream()
            .filter(sent -> sent.queue().equals(queue) && sent.due() <= clock.millis())
            .limit(10)
            .toList();
    waiting.removeAll(due);
    return due.stream().map(Sent::message).toList();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
