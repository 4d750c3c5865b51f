package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.longshore.aws.stream.StreamRecords;
import dev.longshore.aws.stream.StreamRecords.View;
import dev.longshore.core.port.Change;
import dev.longshore.core.usecase.Progress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does what must follow from a batch of stream records. The batch is one call, so that what belongs
 * together becomes one write; when it fails, each record is tried alone and those that fail are
 * named.
 */
public final class ProgressHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private static final Logger LOG = System.getLogger(ProgressHandler.class.getName());

  private final Progress progress;

  public ProgressHandler(Progress progress) {
    this.progress = progress;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    List<BatchItemFailure> failures = new ArrayList<>();
    try {
      advance(event.getRecords());
    } catch (RuntimeException someFailed) {
      for (DynamodbStreamRecord record : event.getRecords()) {
        try {
          advance(List.of(record));
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "a change has no consequences yet: " + record, e);
          failures.add(new BatchItemFailure(record.getDynamodb().getSequenceNumber()));
        }
      }
    }
    return new StreamsEventResponse(failures);
  }

  private void advance(List<DynamodbStreamRecord> records) {
    List<Change> changes =
        records.stream().map(ProgressHandler::change).flatMap(Optional::stream).toList();
    if (!changes.isEmpty()) {
      progress.advance(changes);
    }
  }

  private static Optional<Change> change(DynamodbStreamRecord record) {
    StreamRecord change = record.getDynamodb();
    return StreamRecords.change(
        View.of(
            record.getEventName(), change.getKeys(), change.getNewImage(), ProgressHandler::text));
  }

  private static @Nullable String text(AttributeValue value) {
    return value.getS() != null ? value.getS() : value.getN();
  }
}
