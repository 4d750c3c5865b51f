package dev.longshore.aws.sqs;

import dev.longshore.core.port.StoreException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A queue to send to.
 *
 * @param client gives always the same one, which answers within bounded time; asked for with the
 *     first message, because most functions start without one
 * @param url of the queue
 */
public record Queue(Supplier<SqsClient> client, String url) {

  /**
   * Sends one message. Whether it was sent is unknown when this throws.
   *
   * @throws StoreException when the queue did not take it
   */
  void send(Consumer<SendMessageRequest.Builder> message) {
    try {
      client.get().sendMessage(request -> message.accept(request.queueUrl(url)));
    } catch (SdkException notSent) {
      throw new StoreException("The queue " + url + " did not take a message.", notSent);
    }
  }
}
