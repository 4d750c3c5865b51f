package dev.longshore.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.aws.dynamodb.TableSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

class DatabaseTest {
  private static final String TABLE = "longshore";
  private static final int KILL_AFTER = 40;

  @TempDir private Path directory;

  /** Writes one item after the other until it is killed, and says which were answered. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      AmazonDynamoDBLocal database = Database.open(Path.of(args[0]).toFile());
      DynamoDbClient client = database.dynamoDbClient();
      TableSetup.create(client, TABLE);
      for (int number = 1; ; number++) {
        Map<String, AttributeValue> item = key(number);
        client.putItem(put -> put.tableName(TABLE).item(item));
        System.out.println(number);
        System.out.flush();
      }
    }
  }

  private static Map<String, AttributeValue> key(int number) {
    return Map.of("pk", AttributeValue.fromS("test#" + number), "sk", AttributeValue.fromS("item"));
  }

  @Test
  @DisplayName("A write that was answered is there after kill -9, also one that is only in the log")
  @Timeout(60)
  void survivesKill() throws IOException, InterruptedException {
    Path file = directory.resolve("table.db");
    int answered = writeUntilKilled(file);
    assertThat(directory.resolve("table.db-wal")).isNotEmptyFile();

    AmazonDynamoDBLocal database = Database.open(file.toFile());
    try {
      DynamoDbClient client = database.dynamoDbClient();
      for (int number = 1; number <= answered; number++) {
        Map<String, AttributeValue> key = key(number);
        assertThat(client.getItem(get -> get.tableName(TABLE).key(key)).item())
            .as("item %d of %d", number, answered)
            .isEqualTo(key);
      }
    } finally {
      database.shutdown();
    }
  }

  /** The number of the last item of which the killed process said that it was written. */
  private static int writeUntilKilled(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    file.toString()))
            .redirectError(Redirect.DISCARD)
            .start();
    int answered = 0;
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      while (answered < KILL_AFTER) {
        answered = Integer.parseInt(output.readLine());
      }
      // By the handle: the process itself would close its output, too.
      process.toHandle().destroyForcibly();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        answered = Integer.parseInt(line);
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return answered;
  }

  @Test
  @DisplayName("A database that an earlier version made goes on with a log")
  @Timeout(60)
  void convertsOlder() throws IOException {
    Path file = directory.resolve("table.db");
    AmazonDynamoDBLocal older = DynamoDBEmbedded.create(file.toFile(), true);
    TableSetup.create(older.dynamoDbClient(), TABLE);
    older.dynamoDbClient().putItem(put -> put.tableName(TABLE).item(key(1)));
    older.shutdown();
    assertThat(writeVersion(file)).isEqualTo(1);

    AmazonDynamoDBLocal database = Database.open(file.toFile());
    try {
      assertThat(database.dynamoDbClient().getItem(get -> get.tableName(TABLE).key(key(1))).item())
          .isEqualTo(key(1));
      assertThat(writeVersion(file)).isEqualTo(2);
    } finally {
      database.shutdown();
    }
  }

  /** Byte 18 of an SQLite file: 1 for a rollback journal, 2 for a write-ahead log. */
  private static int writeVersion(Path file) throws IOException {
    return Files.readAllBytes(file)[18];
  }
}
