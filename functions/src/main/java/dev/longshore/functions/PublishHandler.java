package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.longshore.aws.stream.StreamImages;
import dev.longshore.core.usecase.PublishEvents;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/**
 * Publishes the events that follow from a batch of stream records. It ends at the first record that
 * fails and names it: that one and all later ones come again, so events of a job stay in order.
 */
public final class PublishHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private static final Logger LOG = System.getLogger(PublishHandler.class.getName());
  private static final LambdaAttributes ATTRIBUTES = new LambdaAttributes();

  private final PublishEvents publish;
  private final InstantSource clock;

  public PublishHandler(PublishEvents publish, InstantSource clock) {
    this.publish = publish;
    this.clock = clock;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    for (DynamodbStreamRecord record : event.getRecords()) {
      try {
        publish(record);
      } catch (RuntimeException e) {
        String number = record.getDynamodb().getSequenceNumber();
        LOG.log(Level.WARNING, "the events of record " + number + " are not published yet", e);
        return new StreamsEventResponse(List.of(new BatchItemFailure(number)));
      }
    }
    return new StreamsEventResponse(List.of());
  }

  private void publish(DynamodbStreamRecord record) {
    StreamRecord change = record.getDynamodb();
    // Lambda may leave out when the change was made.
    Date made = change.getApproximateCreationDateTime();
    long at = made == null ? clock.millis() : made.toInstant().toEpochMilli();
    StreamImages.read(
            record.getEventName(),
            change.getOldImage(),
            change.getNewImage(),
            ATTRIBUTES,
            publish::spec)
        .ifPresent(written -> publish.publish(change.getSequenceNumber(), written, at));
  }
}
