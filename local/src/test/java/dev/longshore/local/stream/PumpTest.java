package dev.longshore.local.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.longshore.aws.dynamodb.TableSetup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

@Timeout(60)
class PumpTest {
  private static final String TABLE = "longshore";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than the pump looks for more after a write. */
  private static final Duration SILENCE = Duration.ofMillis(700);

  /** Partition keys of the records that were handed on and taken, in this order. */
  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

  private final Wake wake = new Wake();
  private AmazonDynamoDBLocal embedded;
  private DynamoDbClient client;

  @BeforeEach
  void start() {
    embedded = DynamoDBEmbedded.create(true);
    client = WriteSignal.on(embedded.dynamoDbClient(), wake::call);
    TableSetup.create(client, TABLE);
  }

  @AfterEach
  void stop() {
    embedded.shutdown();
  }

  private Pump pump(Function<DynamodbEvent, StreamsEventResponse> reader) {
    Pump pump = unstarted(embedded.dynamoDbStreamsClient(), reader);
    pump.start();
    return pump;
  }

  private Pump unstarted(
      DynamoDbStreamsClient streams, Function<DynamodbEvent, StreamsEventResponse> reader) {
    String arn = client.describeTable(it -> it.tableName(TABLE)).table().latestStreamArn();
    StreamPlace place = new StreamPlace(null);
    Publisher publisher = new Publisher(_ -> new StreamsEventResponse(List.of()), place);
    return new Pump(streams, arn, wake, reader, publisher, place);
  }

  /** The streams, where calls of this name fail so often, with this. */
  private DynamoDbStreamsClient failing(
      DynamoDbStreamsClient streams, String name, AtomicInteger times, RuntimeException with) {
    return (DynamoDbStreamsClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbStreamsClient.class},
            (_, method, arguments) -> {
              if (method.getName().equals(name)
                  && times.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
                throw with;
              }
              try {
                return method.invoke(streams, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private StreamsEventResponse takeAll(DynamodbEvent event) {
    event.getRecords().forEach(record -> taken.add(keyOf(record)));
    return new StreamsEventResponse(List.of());
  }

  private static String keyOf(DynamodbStreamRecord record) {
    return requireNonNull(record.getDynamodb().getKeys().get("pk")).getS();
  }

  private static String job(int number) {
    return "J#00000000-0000-4000-8000-%012d".formatted(number);
  }

  /** Writes an item; one of a job looks like one that waits to be placed. */
  private void put(String partition, String sort) {
    client.putItem(put ->
        put.tableName(TABLE)
            .item(
                Map.of(
                    "pk", AttributeValue.fromS(partition),
                    "sk", AttributeValue.fromS(sort),
                    "s", AttributeValue.fromS("R"))));
  }

  private void putJob(int number) {
    put(job(number), "job");
  }

  /** The next so many records; fewer when they do not come in time. */
  private List<String> next(int count) throws InterruptedException {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = taken.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (key == null) {
        break;
      }
      keys.add(key);
    }
    return keys;
  }

  private void assertNothingElse() throws InterruptedException {
    assertThat(taken.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  @DisplayName("Every record is handed on once and in order, over shards that roll over")
  void followsShards() throws InterruptedException {
    List<String> written = new ArrayList<>();
    try (Pump _ = pump(this::takeAll)) {
      for (int number = 1; number <= 60; number++) {
        putJob(number);
        written.add(job(number));
        if (number % 20 == 0) {
          embedded.triggerShardRollovers();
        }
      }
      assertThat(next(written.size())).isEqualTo(written);
      assertNothingElse();
    }
  }

  @Test
  @DisplayName("Writes of which nothing can follow are not handed on, as by the mapping's filter")
  void filters() throws InterruptedException {
    try (Pump _ = pump(this::takeAll)) {
      put("E#ce", "u#i-1");
      put(job(1), "doc");
      putJob(2);
      client.deleteItem(delete ->
          delete
              .tableName(TABLE)
              .key(Map.of("pk", AttributeValue.fromS(job(2)), "sk", AttributeValue.fromS("job"))));
      putJob(3);
      assertThat(next(2)).containsExactly(job(2), job(3));
      assertNothingElse();
    }
  }

  @Test
  @DisplayName("What was written before the start is not handed on")
  void beginsBehind() throws InterruptedException {
    putJob(1);
    try (Pump _ = pump(this::takeAll)) {
      putJob(2);
      assertThat(next(1)).containsExactly(job(2));
      assertNothingElse();
    }
  }

  @Test
  @DisplayName(
      "A record that fails comes again until it is taken, and the others do not wait for it")
  void repeatsFailed() throws InterruptedException {
    AtomicBoolean healed = new AtomicBoolean();
    Function<DynamodbEvent, StreamsEventResponse> reader =
        event -> {
          List<BatchItemFailure> failures = new ArrayList<>();
          for (DynamodbStreamRecord record : event.getRecords()) {
            if (keyOf(record).equals(job(1)) && !healed.get()) {
              failures.add(new BatchItemFailure(record.getDynamodb().getSequenceNumber()));
            } else {
              taken.add(keyOf(record));
            }
          }
          return new StreamsEventResponse(failures);
        };
    try (Pump _ = pump(reader)) {
      putJob(1);
      putJob(2);
      putJob(3);
      assertThat(next(2)).containsExactly(job(2), job(3));
      healed.set(true);
      assertThat(next(1)).containsExactly(job(1));
      assertNothingElse();
    }
  }

  @Test
  @DisplayName("A batch whose reader breaks down comes again whole")
  void repeatsBroken() throws InterruptedException {
    AtomicBoolean broken = new AtomicBoolean(true);
    Function<DynamodbEvent, StreamsEventResponse> reader =
        event -> {
          if (broken.getAndSet(false)) {
            throw new IllegalStateException("broken");
          }
          return takeAll(event);
        };
    try (Pump _ = pump(reader)) {
      putJob(1);
      assertThat(next(1)).containsExactly(job(1));
      assertNothingElse();
    }
  }

  @Test
  @DisplayName("What was read is handed on although the look for the next shards failed just then")
  void keepsWhatItRead() throws InterruptedException {
    AtomicInteger times = new AtomicInteger();
    RuntimeException busy = InternalServerErrorException.builder().message("busy").build();
    try (Pump pump =
        unstarted(
            failing(embedded.dynamoDbStreamsClient(), "describeStream", times, busy),
            this::takeAll)) {
      putJob(1);
      embedded.triggerShardRollovers();
      putJob(2);
      times.set(1);
      pump.start();
      assertThat(next(2)).containsExactly(job(1), job(2));
      assertNothingElse();
    }
  }

  @Test
  @DisplayName("A place that is lost is found again, also when the stream cannot be asked at once")
  void findsItsPlace() throws InterruptedException {
    AtomicInteger lost = new AtomicInteger();
    RuntimeException expired = ExpiredIteratorException.builder().message("expired").build();
    AtomicInteger times = new AtomicInteger();
    DynamoDbStreamsClient streams =
        failing(embedded.dynamoDbStreamsClient(), "getRecords", lost, expired);
    DynamoDbStreamsClient busy = failing(streams, "describeStream", times, expired);
    try (Pump pump = unstarted(busy, this::takeAll)) {
      putJob(1);
      lost.set(1);
      times.set(1);
      pump.start();
      assertThat(next(1)).containsExactly(job(1));
    }
  }
}
