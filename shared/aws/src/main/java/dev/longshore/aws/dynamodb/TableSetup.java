package dev.longshore.aws.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Makes the table where no deployment does it: in local mode and in tests. */
public final class TableSetup {
  static final String INDEX = TableLayout.INDEX;

  private TableSetup() {}

  /**
   * Creates the table, its index and its stream; leaves a table of this name as it is. Expiry by
   * the store itself stays off, because embedded stores do not keep it in time: local mode purges.
   */
  public static void create(DynamoDbClient client, String name) {
    try {
      client.createTable(request(name));
    } catch (ResourceInUseException isThere) {
      // Made by an earlier start.
      return;
    }
    client.waiter().waitUntilTableExists(describe -> describe.tableName(name));
  }

  private static CreateTableRequest request(String name) {
    GlobalSecondaryIndex line =
        GlobalSecondaryIndex.builder()
            .indexName(INDEX)
            .keySchema(keys(Attr.LINE, Attr.PLACE))
            .projection(
                Projection.builder()
                    .projectionType(ProjectionType.INCLUDE)
                    .nonKeyAttributes(TableLayout.PROJECTED)
                    .build())
            .build();
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            text(Attr.PARTITION), text(Attr.SORT), text(Attr.LINE), text(Attr.PLACE))
        .keySchema(keys(Attr.PARTITION, Attr.SORT))
        .globalSecondaryIndexes(line)
        .streamSpecification(
            StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                .build())
        .build();
  }

  private static List<KeySchemaElement> keys(String partition, String sort) {
    return List.of(
        KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  private static AttributeDefinition text(String attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
