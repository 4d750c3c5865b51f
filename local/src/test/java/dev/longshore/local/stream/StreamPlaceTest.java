package dev.longshore.local.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.longshore.aws.dynamodb.TableSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** A table that is kept, and what its stream says to the publisher of the next run. */
@Timeout(60)
class StreamPlaceTest {
  private static final String TABLE = "longshore";

  @TempDir private Path directory;

  private final BlockingQueue<String> published = new LinkedBlockingQueue<>();
  private AmazonDynamoDBLocal embedded;
  private DynamoDbClient client;

  @BeforeEach
  void start() {
    embedded = DynamoDBEmbedded.create(directory.resolve("table.db").toFile(), false);
    client = embedded.dynamoDbClient();
    TableSetup.create(client, TABLE);
  }

  @AfterEach
  void stop() {
    embedded.shutdown();
  }

  private Pump pump(StreamPlace place) {
    String arn = client.describeTable(it -> it.tableName(TABLE)).table().latestStreamArn();
    Publisher publisher = new Publisher(this::publish, place);
    Pump pump =
        new Pump(
            embedded.dynamoDbStreamsClient(),
            arn,
            new Wake(),
            _ -> new StreamsEventResponse(List.of()),
            publisher,
            place);
    pump.start();
    return pump;
  }

  private StreamsEventResponse publish(DynamodbEvent event) {
    event
        .getRecords()
        .forEach(record ->
            published.add(requireNonNull(record.getDynamodb().getKeys().get("pk")).getS()));
    return new StreamsEventResponse(List.of());
  }

  private void put(String partition) {
    client.putItem(put ->
        put.tableName(TABLE)
            .item(
                Map.of(
                    "pk", AttributeValue.fromS(partition),
                    "sk", AttributeValue.fromS("job"),
                    "s", AttributeValue.fromS("R"))));
  }

  private void restart() {
    stop();
    start();
  }

  @Test
  @DisplayName("What was stored and not published before a restart is published after it")
  void goesOnWhereItWas() throws InterruptedException {
    Path file = directory.resolve("published");
    try (Pump _ = pump(new StreamPlace(file))) {
      put("J#one");
      assertThat(published.take()).isEqualTo("J#one");
    }
    put("J#two");
    restart();
    try (Pump _ = pump(new StreamPlace(file))) {
      put("J#three");
      assertThat(List.of(published.take(), published.take())).containsExactly("J#two", "J#three");
    }
    assertThat(published).isEmpty();
  }

  @Test
  @DisplayName("A place that the stream does not know any more means from now on")
  void forgottenPlace() throws InterruptedException {
    Path file = directory.resolve("published");
    new StreamPlace(file).reached("shard-of-another-table", "1");
    put("J#before");
    try (Pump _ = pump(new StreamPlace(file))) {
      put("J#after");
      assertThat(published.take()).isEqualTo("J#after");
    }
  }
}
