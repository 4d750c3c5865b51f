package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Works a batch off message by message; those that fail are named and come again. */
final class Messages {
  private static final Logger LOG = System.getLogger(Messages.class.getName());

  private Messages() {}

  static SQSBatchResponse each(List<SQSMessage> messages, Consumer<SQSMessage> task) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : messages) {
      try {
        task.accept(message);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "message " + message.getBody() + " failed", e);
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  static SQSBatchResponse each(SQSEvent event, Consumer<SQSMessage> task) {
    return each(event.getRecords(), task);
  }
}
