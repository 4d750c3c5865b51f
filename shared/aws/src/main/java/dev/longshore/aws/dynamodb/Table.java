package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The table: reads are consistent, writes are conditional and counted. A refused write answers
 * false; a store that does not answer is a {@link StoreException}.
 */
public final class Table {
  private static final int BATCH = 100;

  private final DynamoDbClient client;
  private final String name;
  private final WriteUnits units;

  /**
   * One table.
   *
   * @param client answers within bounded time
   * @param name of the table
   * @param units where its writes are counted
   */
  public Table(DynamoDbClient client, String name, WriteUnits units) {
    this.client = client;
    this.name = name;
    this.units = units;
  }

  Optional<Item> get(ItemKey key) {
    Map<String, AttributeValue> item =
        call(() ->
            client
                .getItem(get -> get.tableName(name).key(key.attributes()).consistentRead(true))
                .item());
    return item.isEmpty() ? Optional.empty() : Optional.of(new Item(item));
  }

  /** What is there of these; consistent. */
  Map<ItemKey, Item> getAll(Collection<ItemKey> keys) {
    Map<ItemKey, Item> found = new HashMap<>();
    List<ItemKey> distinct = new ArrayList<>(new LinkedHashSet<>(keys));
    for (int from = 0; from < distinct.size(); from += BATCH) {
      List<ItemKey> chunk = distinct.subList(from, Math.min(from + BATCH, distinct.size()));
      readChunk(chunk.stream().map(ItemKey::attributes).toList(), found);
    }
    return found;
  }

  /** Each call brings something, or the store says by an exception that it is throttled. */
  private void readChunk(List<Map<String, AttributeValue>> keys, Map<ItemKey, Item> found) {
    List<Map<String, AttributeValue>> rest = keys;
    while (!rest.isEmpty()) {
      KeysAndAttributes wanted =
          KeysAndAttributes.builder().keys(rest).consistentRead(true).build();
      BatchGetItemResponse answer =
          call(() -> client.batchGetItem(get -> get.requestItems(Map.of(name, wanted))));
      for (Map<String, AttributeValue> item : answer.responses().getOrDefault(name, List.of())) {
        found.put(ItemKey.of(item), new Item(item));
      }
      KeysAndAttributes unread = answer.unprocessedKeys().get(name);
      List<Map<String, AttributeValue>> next = unread == null ? List.of() : unread.keys();
      if (next.size() >= rest.size()) {
        throw new StoreException(
            "The table " + name + " is throttled.", new IllegalStateException("no key was read"));
      }
      rest = next;
    }
  }

  /** As much of a range as there is, at most {@code limit} items. */
  List<Item> query(Range range, int limit) {
    List<Item> found = new ArrayList<>();
    Map<String, AttributeValue> start = range.after();
    while (found.size() < limit) {
      Map<String, AttributeValue> from = start;
      int rest = limit - found.size();
      QueryResponse answer = call(() -> client.query(range.request(name, from, rest)));
      answer.items().forEach(item -> found.add(new Item(item)));
      start = answer.lastEvaluatedKey();
      if (start.isEmpty()) {
        break;
      }
    }
    return found;
  }

  /** One portion of the whole table: keys of items whose expiry is over. */
  ScanResponse scanExpired(String sort, long nowSeconds, Map<String, AttributeValue> start) {
    return call(() ->
        client.scan(scan ->
            scan.tableName(name)
                .filterExpression("sk = :sort AND x <= :now")
                .expressionAttributeValues(
                    Map.of(":sort", Item.value(sort), ":now", Item.value(nowSeconds)))
                .projectionExpression("pk, sk")
                .exclusiveStartKey(start.isEmpty() ? null : start)));
  }

  /** Puts without a condition. */
  void put(WriteKind kind, Item item) {
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(name)
            .item(item.attributes())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build();
    PutItemResponse answer = call(() -> client.putItem(put));
    count(kind, answer.consumedCapacity(), 1);
  }

  boolean put(WriteKind kind, Item item, Guard guard) {
    return put(kind, item, guard, ReturnValue.NONE, _ -> 1);
  }

  /** Puts and counts as elements what the function says of the item that was there before. */
  boolean replace(WriteKind kind, Item item, Guard guard, ToIntFunction<Item> elements) {
    return put(kind, item, guard, ReturnValue.ALL_OLD, elements);
  }

  private boolean put(
      WriteKind kind, Item item, Guard guard, ReturnValue old, ToIntFunction<Item> elements) {
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(name)
            .item(item.attributes())
            .conditionExpression(guard.expression())
            .expressionAttributeValues(guard.values().isEmpty() ? null : guard.values())
            .returnValues(old)
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return guarded(
        kind,
        () -> {
          PutItemResponse answer = client.putItem(put);
          count(
              kind, answer.consumedCapacity(), elements.applyAsInt(new Item(answer.attributes())));
        });
  }

  /**
   * Puts an item while another one is as its guard says, in one transaction. It costs twice the
   * units of the item, and two for the look at the other one.
   */
  boolean replaceWhile(WriteKind kind, Item item, Guard guard, ItemKey other, Guard otherGuard) {
    Put put =
        Put.builder()
            .tableName(name)
            .item(item.attributes())
            .conditionExpression(guard.expression())
            .expressionAttributeValues(guard.values().isEmpty() ? null : guard.values())
            .build();
    ConditionCheck check =
        ConditionCheck.builder()
            .tableName(name)
            .key(other.attributes())
            .conditionExpression(otherGuard.expression())
            .expressionAttributeValues(otherGuard.values())
            .build();
    return transact(
        kind,
        List.of(
            TransactWriteItem.builder().put(put).build(),
            TransactWriteItem.builder().conditionCheck(check).build()),
        2 * ItemSize.units(ItemSize.of(item.attributes())) + 2);
  }

  /**
   * Puts an item that is not there and changes others, be they there or not, in one transaction. It
   * costs twice the units of all.
   */
  boolean createAndUpdate(WriteKind kind, Item item, Map<ItemKey, Update> others) {
    List<TransactWriteItem> writes = new ArrayList<>();
    Put put =
        Put.builder()
            .tableName(name)
            .item(item.attributes())
            .conditionExpression(Guard.ABSENT.expression())
            .build();
    writes.add(TransactWriteItem.builder().put(put).build());
    others.forEach((key, update) ->
        writes.add(
            TransactWriteItem.builder()
                .update(change ->
                    change
                        .tableName(name)
                        .key(key.attributes())
                        .updateExpression(update.expression())
                        .expressionAttributeValues(update.values()))
                .build()));
    int least = 2 * (ItemSize.units(ItemSize.of(item.attributes())) + others.size());
    return transact(kind, writes, least);
  }

  /**
   * Writes all or nothing; false when a race was lost.
   *
   * @param refusedUnits what a refusal costs, which nothing reports
   */
  private boolean transact(WriteKind kind, List<TransactWriteItem> writes, int refusedUnits) {
    return call(() -> {
      try {
        client
            .transactWriteItems(request ->
                request.transactItems(writes).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity()
            .forEach(consumed -> count(kind, consumed, 1));
        return true;
      } catch (TransactionCanceledException cancelled) {
        if (!cancelled.cancellationReasons().stream().allMatch(Table::isLostRace)) {
          throw cancelled;
        }
        units.refused(kind, refusedUnits);
        return false;
      }
    });
  }

  private static boolean isLostRace(CancellationReason reason) {
    return switch (reason.code()) {
      case "None", "ConditionalCheckFailed", "TransactionConflict" -> true;
      default -> false;
    };
  }

  /** Changes an item; the guard decides whether it may be new. */
  boolean update(WriteKind kind, ItemKey key, Update update, Guard guard, int elements) {
    Map<String, AttributeValue> values = new HashMap<>(update.values());
    values.putAll(guard.values());
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(name)
            .key(key.attributes())
            .updateExpression(update.expression())
            .conditionExpression(guard.expression())
            .expressionAttributeValues(values.isEmpty() ? null : values)
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return guarded(
        kind, () -> count(kind, client.updateItem(request).consumedCapacity(), elements));
  }

  /** Deleting what is not there is no error, unless the guard says so. */
  boolean delete(WriteKind kind, ItemKey key, Guard guard) {
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(name)
            .key(key.attributes())
            .conditionExpression(guard.expression())
            .expressionAttributeValues(guard.values().isEmpty() ? null : guard.values())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return guarded(kind, () -> count(kind, client.deleteItem(request).consumedCapacity(), 1));
  }

  private void count(WriteKind kind, ConsumedCapacity consumed, int elements) {
    units.written(kind, consumed.capacityUnits(), elements);
  }

  private boolean guarded(WriteKind kind, Runnable write) {
    return call(() -> {
      try {
        write.run();
        return true;
      } catch (ConditionalCheckFailedException refused) {
        // It costs like a write of what is there, and nothing reports it.
        int size = refused.hasItem() ? ItemSize.of(refused.item()) : 0;
        units.refused(kind, ItemSize.units(size));
        return false;
      }
    });
  }

  private static boolean isThrottled(DynamoDbException refused) {
    return refused instanceof TransactionCanceledException cancelled
        && cancelled.cancellationReasons().stream()
            .noneMatch(reason -> reason.code().equals("ValidationError"));
  }

  private <T> T call(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkClientException noAnswer) {
      throw new StoreException("The table " + name + " did not answer.", noAnswer);
    } catch (DynamoDbException refused) {
      if (refused.isThrottlingException()
          || refused instanceof ProvisionedThroughputExceededException
          || refused instanceof TransactionConflictException
          || isThrottled(refused)
          || refused.statusCode() >= 500) {
        throw new StoreException("The table " + name + " is throttled or failing.", refused);
      }
      throw refused;
    }
  }
}
