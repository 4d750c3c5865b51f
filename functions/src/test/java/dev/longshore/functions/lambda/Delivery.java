package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;

/** One event on its way to a function. */
record Delivery(Entry to, Object event) {

  static Delivery messages(Entry to, List<SQSMessage> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return new Delivery(to, event);
  }

  static Delivery records(Entry to, List<DynamodbStreamRecord> records) {
    return new Delivery(to, LambdaRecords.event(records));
  }

  /** The same in the other order, each part as a delivery of its own. */
  List<Delivery> reversed() {
    return switch (event) {
      case SQSEvent batch ->
          batch.getRecords().reversed().stream().map(it -> messages(to, List.of(it))).toList();
      case DynamodbEvent batch ->
          batch.getRecords().reversed().stream().map(it -> records(to, List.of(it))).toList();
      default -> List.of(this);
    };
  }
}
