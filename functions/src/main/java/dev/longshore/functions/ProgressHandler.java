package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.longshore.aws.repair.Repair;
import dev.longshore.aws.repair.RepairMessages;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.aws.stream.StreamRecords;
import dev.longshore.aws.stream.StreamRecords.View;
import dev.longshore.core.port.Change;
import dev.longshore.core.usecase.Progress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does what must follow from a batch of stream records. The batch is one call, so that what belongs
 * together becomes one write; when it fails, each change is tried alone. One that fails again and
 * again holds up nobody: its key goes to the repair queue, and the batch goes on. Only when that
 * does not take it, or a record cannot be read, is the record named, and comes again.
 */
public final class ProgressHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private static final Logger LOG = System.getLogger(ProgressHandler.class.getName());

  /** How often a change is tried by itself, after it was tried with its batch. */
  private static final int TRIES_ALONE = 2;

  /** In less time than this no further change is tried: a store that does not answer takes long. */
  private static final int ENOUGH_MILLIS = 25_000;

  private final Progress progress;
  private final RepairQueue repairs;

  public ProgressHandler(Progress progress, RepairQueue repairs) {
    this.progress = progress;
    this.repairs = repairs;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    try {
      List<Change> changes =
          event.getRecords().stream()
              .map(ProgressHandler::change)
              .flatMap(Optional::stream)
              .toList();
      if (!changes.isEmpty()) {
        progress.advance(changes);
      }
      return new StreamsEventResponse(List.of());
    } catch (RuntimeException someFailed) {
      return new StreamsEventResponse(each(event.getRecords(), context, someFailed));
    }
  }

  private List<BatchItemFailure> each(
      List<DynamodbStreamRecord> records, Context context, RuntimeException whole) {
    List<BatchItemFailure> failures = new ArrayList<>();
    Set<Change> seen = new HashSet<>();
    for (DynamodbStreamRecord record : records) {
      try {
        Optional<Change> change = change(record);
        if (change.isPresent() && seen.add(change.get())) {
          alone(change.get(), context, whole);
        }
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a change has no consequences yet: " + record, e);
        failures.add(new BatchItemFailure(record.getDynamodb().getSequenceNumber()));
      }
    }
    return failures;
  }

  private void alone(Change change, Context context, RuntimeException whole) {
    RuntimeException failed = whole;
    for (int tries = 0; tries < TRIES_ALONE; tries++) {
      if (context.getRemainingTimeInMillis() < ENOUGH_MILLIS) {
        break;
      }
      try {
        progress.advance(List.of(change));
        return;
      } catch (RuntimeException e) {
        failed = e;
      }
    }
    Repair repair = Repair.of(new Repair.Task.Follow(change));
    LOG.log(Level.WARNING, "parked for repair: " + RepairMessages.write(repair), failed);
    repairs.send(List.of(repair));
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
