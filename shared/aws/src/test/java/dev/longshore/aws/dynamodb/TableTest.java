package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

class TableTest {
  private static final ItemKey KEY = new ItemKey("p", "s");

  @Test
  @DisplayName("A store that cannot be reached, throttles or fails is a StoreException")
  void unavailable() {
    List<RuntimeException> failures =
        List.of(
            SdkClientException.create("connection refused"),
            ProvisionedThroughputExceededException.builder().statusCode(400).build(),
            DynamoDbException.builder().statusCode(503).message("unavailable").build());
    for (RuntimeException failure : failures) {
      Table table = new Table(new Failing(failure), "t", new WriteUnits());
      assertThatThrownBy(() -> table.get(KEY)).isInstanceOf(StoreException.class).hasCause(failure);
      assertThatThrownBy(() -> table.put(WriteKind.JOB_SAVED, KEY.item(), Guard.ABSENT))
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  @DisplayName("A request that the store calls wrong is a fault of ours and not hidden")
  void wrongRequest() {
    RuntimeException wrong = DynamoDbException.builder().statusCode(400).message("bad").build();
    Table table = new Table(new Failing(wrong), "t", new WriteUnits());
    assertThatThrownBy(() -> table.get(KEY)).isSameAs(wrong);
  }

  @Test
  @DisplayName(
      "Keys that a batch left unread are read by the next one, a hundred at most at a time")
  void unreadKeys() {
    List<ItemKey> keys =
        IntStream.range(0, 250)
            .mapToObj(i -> ItemKey.job(JobKey.whole(new JobId(new UUID(i, i)))))
            .toList();
    Stingy client = new Stingy(30);
    assertThat(new Table(client, "t", new WriteUnits()).getAll(keys)).containsOnlyKeys(keys);
    assertThat(client.sizes).allMatch(size -> size <= 100).contains(100, 70, 40, 10, 50, 20);
  }

  @Test
  @DisplayName("A batch that reads nothing at all is a StoreException, not an endless loop")
  void nothingRead() {
    Table table = new Table(new Stingy(0), "t", new WriteUnits());
    assertThatThrownBy(() -> table.getAll(List.of(KEY))).isInstanceOf(StoreException.class);
  }

  /** Answers every request with a failure. */
  private record Failing(RuntimeException failure) implements DynamoDbClient {
    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      throw failure;
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      throw failure;
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  /** Has every item, and reads no more than some at once. */
  private static final class Stingy implements DynamoDbClient {
    private final int atOnce;
    private final List<Integer> sizes = new ArrayList<>();

    Stingy(int atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      List<Map<String, AttributeValue>> keys =
          request.requestItems().values().iterator().next().keys();
      sizes.add(keys.size());
      int read = Math.min(atOnce, keys.size());
      Map<String, KeysAndAttributes> rest = new HashMap<>();
      if (read < keys.size()) {
        List<Map<String, AttributeValue>> unread = keys.subList(read, keys.size());
        rest.put("t", KeysAndAttributes.builder().keys(unread).build());
      }
      return BatchGetItemResponse.builder()
          .responses(Map.of("t", keys.subList(0, read)))
          .unprocessedKeys(rest)
          .build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
