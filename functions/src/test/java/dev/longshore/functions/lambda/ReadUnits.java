package dev.longshore.functions.lambda;

import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Counts what reads of a table cost, as DynamoDB itself says. */
final class ReadUnits {
  private final DynamoDbClient client;
  private double total;

  ReadUnits(DynamoDbClient client) {
    this.client = client;
  }

  double total() {
    return total;
  }

  void reset() {
    total = 0;
  }

  /** What a call with this name answers; only for those that read. */
  @SuppressWarnings("unchecked")
  Object read(String name, Object request) {
    return switch (name) {
      case "getItem" ->
          get(
              request instanceof Consumer<?> change
                  ? GetItemRequest.builder()
                      .applyMutation((Consumer<GetItemRequest.Builder>) change)
                      .build()
                  : (GetItemRequest) request);
      case "batchGetItem" ->
          getAll(
              request instanceof Consumer<?> change
                  ? BatchGetItemRequest.builder()
                      .applyMutation((Consumer<BatchGetItemRequest.Builder>) change)
                      .build()
                  : (BatchGetItemRequest) request);
      case "query" ->
          query(
              request instanceof Consumer<?> change
                  ? QueryRequest.builder()
                      .applyMutation((Consumer<QueryRequest.Builder>) change)
                      .build()
                  : (QueryRequest) request);
      case "scan" ->
          scan(
              request instanceof Consumer<?> change
                  ? ScanRequest.builder()
                      .applyMutation((Consumer<ScanRequest.Builder>) change)
                      .build()
                  : (ScanRequest) request);
      default -> throw new IllegalArgumentException(name + " reads nothing");
    };
  }

  /** True when calls with this name read. */
  static boolean reads(String name) {
    return switch (name) {
      case "getItem", "batchGetItem", "query", "scan" -> true;
      default -> false;
    };
  }

  private GetItemResponse get(GetItemRequest request) {
    GetItemResponse answer =
        client.getItem(
            request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build());
    count(answer.consumedCapacity());
    return answer;
  }

  private BatchGetItemResponse getAll(BatchGetItemRequest request) {
    BatchGetItemResponse answer =
        client.batchGetItem(
            request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build());
    answer.consumedCapacity().forEach(this::count);
    return answer;
  }

  private QueryResponse query(QueryRequest request) {
    QueryResponse answer =
        client.query(
            request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build());
    count(answer.consumedCapacity());
    return answer;
  }

  private ScanResponse scan(ScanRequest request) {
    ScanResponse answer =
        client.scan(
            request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build());
    count(answer.consumedCapacity());
    return answer;
  }

  private void count(ConsumedCapacity capacity) {
    total += capacity.capacityUnits();
  }
}
