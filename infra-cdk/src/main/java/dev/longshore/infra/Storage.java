package dev.longshore.infra;

import dev.longshore.aws.dynamodb.TableLayout;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.constructs.Construct;

/** The one table. */
final class Storage {
  private final Table table;

  Storage(Construct scope, StackSettings settings) {
    this.table =
        Table.Builder.create(scope, "Jobs")
            .partitionKey(text(TableLayout.PARTITION))
            .sortKey(text(TableLayout.SORT))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .stream(StreamViewType.NEW_AND_OLD_IMAGES)
            .timeToLiveAttribute(TableLayout.EXPIRY)
            .deletionProtection(settings.keepTable())
            .removalPolicy(settings.keepTable() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
            .build();
    table.addGlobalSecondaryIndex(
        GlobalSecondaryIndexProps.builder()
            .indexName(TableLayout.INDEX)
            .partitionKey(text(TableLayout.INDEX_PARTITION))
            .sortKey(text(TableLayout.INDEX_SORT))
            .projectionType(ProjectionType.INCLUDE)
            .nonKeyAttributes(TableLayout.PROJECTED)
            .build());
  }

  Table table() {
    return table;
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
