package dev.longshore.aws.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** One embedded DynamoDB for all tests of the module, in memory, and fresh tables in it. */
public final class EmbeddedTables {
  private static final AmazonDynamoDBLocal LOCAL = DynamoDBEmbedded.create();
  private static final DynamoDbClient CLIENT = LOCAL.dynamoDbClient();
  private static final AtomicInteger TABLES = new AtomicInteger();

  private EmbeddedTables() {}

  /** A table that nobody else uses. */
  static Table fresh() {
    return fresh(new WriteUnits());
  }

  static Table fresh(WriteUnits units) {
    return named(freshName(), units);
  }

  /** Another object on the same table for the same name. */
  public static Table named(String name, WriteUnits units) {
    TableSetup.create(CLIENT, name);
    return new Table(CLIENT, name, units);
  }

  public static String freshName() {
    return "table-" + TABLES.incrementAndGet();
  }

  public static DynamoDbClient client() {
    return CLIENT;
  }

  public static DynamoDbStreamsClient streams() {
    return LOCAL.dynamoDbStreamsClient();
  }
}
