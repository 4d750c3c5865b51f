package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Records of the streams API in the form in which Lambda hands them to a function, for those who
 * call the handlers where there is no Lambda.
 */
public final class LambdaRecords {
  private LambdaRecords() {}

  /** A batch of records. */
  public static DynamodbEvent event(List<DynamodbStreamRecord> records) {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(records);
    return event;
  }

  /** One record. */
  public static DynamodbStreamRecord of(Record record) {
    var change = record.dynamodb();
    StreamRecord inner = new StreamRecord();
    inner.setApproximateCreationDateTime(Date.from(change.approximateCreationDateTime()));
    inner.setKeys(attributes(change.keys()));
    if (change.hasNewImage()) {
      inner.setNewImage(attributes(change.newImage()));
    }
    if (change.hasOldImage()) {
      inner.setOldImage(attributes(change.oldImage()));
    }
    inner.setSequenceNumber(change.sequenceNumber());
    inner.setSizeBytes(change.sizeBytes());
    DynamodbStreamRecord outer = new DynamodbStreamRecord();
    outer.setEventID(record.eventID());
    outer.setEventName(record.eventNameAsString());
    outer.setEventSource(record.eventSource());
    outer.setDynamodb(inner);
    return outer;
  }

  private static Map<String, AttributeValue> attributes(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> from) {
    Map<String, AttributeValue> to = new HashMap<>();
    from.forEach((name, value) -> to.put(name, value(value)));
    return to;
  }

  private static AttributeValue value(
      software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
    AttributeValue to = new AttributeValue();
    switch (value.type()) {
      case S -> to.setS(value.s());
      case N -> to.setN(value.n());
      case B -> to.setB(bytes(value.b()));
      case SS -> to.setSS(value.ss());
      case NS -> to.setNS(value.ns());
      case BS -> to.setBS(value.bs().stream().map(LambdaRecords::bytes).toList());
      case M -> to.setM(attributes(value.m()));
      case L -> to.setL(value.l().stream().map(LambdaRecords::value).toList());
      case BOOL -> to.setBOOL(value.bool());
      case NUL -> to.setNULL(true);
      case UNKNOWN_TO_SDK_VERSION -> {}
    }
    return to;
  }

  private static ByteBuffer bytes(SdkBytes bytes) {
    return bytes.asByteBuffer();
  }
}
