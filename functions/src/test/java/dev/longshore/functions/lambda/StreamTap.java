package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Sees each write through a client and keeps the record that the table's stream has of it, at once
 * and in order, as the service's own stream would a moment later. One thread at a time.
 */
final class StreamTap {
  private final DynamoDbClient client;
  private final ReadUnits reads;
  private final InstantSource clock;
  private final List<DynamodbStreamRecord> records = new ArrayList<>();
  private int number;

  /** Who is writing, as far as anybody says. */
  private @Nullable Entry writer;

  /** Who is to be cut off after how many more writes. */
  private @Nullable Entry victim;

  private int writesLeft;

  private @Nullable String refused;

  StreamTap(DynamoDbClient client, InstantSource clock) {
    this.client = client;
    this.reads = new ReadUnits(client);
    this.clock = clock;
  }

  /** The writer is cut off right after its next so many writes. */
  static final class CutOff extends Error {
    private static final long serialVersionUID = 1;
  }

  /** This function is cut off once, right after one write more than so many. */
  void cutOffAfter(Entry entry, int writes) {
    victim = entry;
    writesLeft = writes;
  }

  /** From now on no write to a partition with this in its key is answered; null for all again. */
  void refuse(@Nullable String part) {
    refused = part;
  }

  /** What was read through the client, without what this looks at itself. */
  ReadUnits reads() {
    return reads;
  }

  /** From now on it is this function that writes. */
  void writes(Entry entry) {
    writer = entry;
  }

  /** The client to write through. */
  DynamoDbClient tapped() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> call(method, arguments));
  }

  /** What was written since the last call. */
  List<DynamodbStreamRecord> take() {
    List<DynamodbStreamRecord> taken = List.copyOf(records);
    records.clear();
    return taken;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    return switch (arguments[0]) {
      case PutItemRequest put -> write(put.tableName(), keys(put.item()), method, arguments);
      case UpdateItemRequest update -> write(update.tableName(), update.key(), method, arguments);
      case DeleteItemRequest delete -> write(delete.tableName(), delete.key(), method, arguments);
      // Our transactions change one item, and look at others.
      case TransactWriteItemsRequest transaction -> {
        Put put = transaction.transactItems().getFirst().put();
        yield write(put.tableName(), keys(put.item()), method, arguments);
      }
      default ->
          ReadUnits.reads(method.getName())
              ? reads.read(method.getName(), arguments[0])
              : passed(method, arguments);
    };
  }

  private static Map<String, AttributeValue> keys(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> keys = new HashMap<>(item);
    keys.keySet().retainAll(List.of("pk", "sk"));
    return keys;
  }

  private Object write(
      String table, Map<String, AttributeValue> key, Method method, Object[] arguments)
      throws Throwable {
    if (refused != null && Objects.requireNonNull(key.get("pk")).s().contains(refused)) {
      throw SdkClientException.create("no answer");
    }
    Map<String, AttributeValue> before = read(table, key);
    Object answer = passed(method, arguments);
    Map<String, AttributeValue> after = read(table, key);
    if (!before.equals(after)) {
      records.add(LambdaRecords.of(record(key, before, after)));
    }
    if (writer != null && writer == victim && writesLeft-- == 0) {
      victim = null;
      throw new CutOff();
    }
    return answer;
  }

  private Map<String, AttributeValue> read(String table, Map<String, AttributeValue> key) {
    return client.getItem(get -> get.tableName(table).key(key).consistentRead(true)).item();
  }

  private Record record(
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {
    StreamRecord.Builder change =
        StreamRecord.builder()
            .keys(key)
            .sequenceNumber("%021d".formatted(++number))
            .sizeBytes(1L)
            .approximateCreationDateTime(clock.instant());
    if (!before.isEmpty()) {
      change.oldImage(before);
    }
    if (!after.isEmpty()) {
      change.newImage(after);
    }
    OperationType type =
        before.isEmpty()
            ? OperationType.INSERT
            : after.isEmpty() ? OperationType.REMOVE : OperationType.MODIFY;
    return Record.builder().eventName(type).dynamodb(change.build()).build();
  }

  private Object passed(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
