package dev.longshore.local.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.longshore.aws.dynamodb.TableSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

class PumpTest {
  private static final String JOB = "J#00000000-0000-0000-0000-%012d";

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Wake wake = new Wake();
  private AmazonDynamoDBLocal embedded;
  private DynamoDbClient client;

  @BeforeEach
  void start() {
    embedded = DynamoDBEmbedded.create(true);
    client = WriteSignal.on(embedded.dynamoDbClient(), wake::call);
    TableSetup.create(client, "t");
  }

  @AfterEach
  void stop() {
    embedded.shutdown();
  }

  private Pump pump(Function<DynamodbEvent, StreamsEventResponse> reader) {
    String arn = client.describeTable(it -> it.tableName("t")).table().latestStreamArn();
    Pump pump = new Pump(embedded.dynamoDbStreamsClient(), arn, wake, reader);
    pump.start();
    return pump;
  }

  private StreamsEventResponse take(DynamodbEvent event) {
    for (DynamodbStreamRecord record : event.getRecords()) {
      seen.add(keyOf(record));
    }
    return new StreamsEventResponse(List.of());
  }

  private static String keyOf(DynamodbStreamRecord record) {
    return requireNonNull(record.getDynamodb().getKeys().get("pk")).getS();
  }

  private void put(String key, String sort) {
    client.putItem(put ->
        put.tableName("t")
            .item(
                Map.of(
                    "pk", AttributeValue.fromS(key),
                    "sk", AttributeValue.fromS(sort))));
  }

  private void awaitSeen(int count) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (seen.size() < count && System.nanoTime() < until) {
      Thread.sleep(2);
    }
  }

  @Test
  @DisplayName("Every record is seen once and in order, over rolled-over shards")
  void followsShards() throws InterruptedException {
    List<String> written = new ArrayList<>();
    try (Pump _ = pump(this::take)) {
      for (int i = 0; i < 60; i++) {
        String key = JOB.formatted(i);
        put(key, "job");
        written.add(key);
        if (i % 20 == 19) {
          awaitSeen(i - 5);
          embedded.triggerShardRollovers();
        }
      }
      awaitSeen(written.size());
    }
    assertThat(seen).isEqualTo(written);
  }

  @Test
  @DisplayName("Items that make no invocation in Lambda make none here")
  void filters() throws InterruptedException {
    try (Pump _ = pump(this::take)) {
      put("E#ce", "u#i-1");
      put(JOB.formatted(1), "doc");
      put(JOB.formatted(2), "job");
      client.deleteItem(delete ->
          delete
              .tableName("t")
              .key(
                  Map.of(
                      "pk", AttributeValue.fromS(JOB.formatted(2)),
                      "sk", AttributeValue.fromS("job"))));
      put(JOB.formatted(3), "job");
      awaitSeen(2);
    }
    assertThat(seen).containsExactly(JOB.formatted(2), JOB.formatted(3));
  }

  @Test
  @DisplayName("What was written before the start is not read")
  void beginsBehind() throws InterruptedException {
    put(JOB.formatted(1), "job");
    try (Pump _ = pump(this::take)) {
      put(JOB.formatted(2), "job");
      awaitSeen(1);
    }
    assertThat(seen).containsExactly(JOB.formatted(2));
  }

  @Test
  @DisplayName("A record that fails comes again, and the others are not kept waiting")
  void retries() throws InterruptedException {
    AtomicBoolean healed = new AtomicBoolean();
    String poison = JOB.formatted(1);
    try (Pump _ =
        pump(event -> {
          List<BatchItemFailure> failures = new ArrayList<>();
          for (DynamodbStreamRecord record : event.getRecords()) {
            String key = keyOf(record);
            if (key.equals(poison) && !healed.get()) {
              failures.add(new BatchItemFailure(record.getDynamodb().getSequenceNumber()));
            } else {
              seen.add(key);
            }
          }
          return new StreamsEventResponse(failures);
        })) {
      put(poison, "job");
      put(JOB.formatted(2), "job");
      awaitSeen(1);
      assertThat(seen).containsExactly(JOB.formatted(2));
      healed.set(true);
      awaitSeen(2);
    }
    assertThat(seen).containsExactly(JOB.formatted(2), poison);
  }

  @Test
  @DisplayName("A write is seen at once, not at the next look")
  void wakes() throws InterruptedException {
    try (Pump _ = pump(this::take)) {
      put(JOB.formatted(0), "job");
      awaitSeen(1);
      long best = Long.MAX_VALUE;
      for (int i = 1; i <= 10; i++) {
        long before = System.nanoTime();
        put(JOB.formatted(i), "job");
        while (seen.size() <= i) {
          Thread.onSpinWait();
        }
        best = Math.min(best, System.nanoTime() - before);
      }
      assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(200));
    }
  }
}
