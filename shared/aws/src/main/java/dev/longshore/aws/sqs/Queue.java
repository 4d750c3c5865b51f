package dev.longshore.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.port.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A queue to send to.
 *
 * @param client gives always the same one, which answers within bounded time; asked for with the
 *     first message, because most functions start without one
 * @param url of the queue
 */
public record Queue(Supplier<SqsClient> client, String url) {
  private static final int MOST_AT_ONCE = 10;

  /** A bit less than what SQS takes of all messages of a call together. */
  private static final int MOST_BYTES = 255 * 1024;

  /** A message that is delivered after so many seconds. */
  record Delayed(String body, int seconds) {}

  /**
   * Sends one message. Whether it was sent is unknown when this throws.
   *
   * @throws StoreException when the queue did not take it
   */
  void send(Consumer<SendMessageRequest.Builder> message) {
    try {
      client.get().sendMessage(request -> message.accept(request.queueUrl(url)));
    } catch (SdkException notSent) {
      throw notTaken(notSent);
    }
  }

  /**
   * Sends messages, as many in a call as it may have. Which of them were sent is unknown when this
   * throws.
   *
   * @throws StoreException when the queue did not take all of them
   */
  void sendAll(List<Delayed> messages) {
    List<SendMessageBatchRequestEntry> call = new ArrayList<>();
    int bytes = 0;
    for (Delayed message : messages) {
      int size = message.body().getBytes(UTF_8).length;
      if (call.size() == MOST_AT_ONCE || bytes + size > MOST_BYTES) {
        sendBatch(call);
        call.clear();
        bytes = 0;
      }
      bytes += size;
      call.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(call.size()))
              .messageBody(message.body())
              .delaySeconds(message.seconds())
              .build());
    }
    sendBatch(call);
  }

  private void sendBatch(List<SendMessageBatchRequestEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try {
      var answer =
          client
              .get()
              .sendMessageBatch(request -> request.queueUrl(url).entries(List.copyOf(entries)));
      if (!answer.failed().isEmpty()) {
        throw notTaken(new IllegalStateException(answer.failed().getFirst().toString()));
      }
    } catch (SdkException notSent) {
      throw notTaken(notSent);
    }
  }

  private StoreException notTaken(RuntimeException why) {
    return new StoreException("The queue " + url + " did not take a message.", why);
  }
}
