package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobIdsContract;
import java.security.SecureRandom;

class DynamoJobIdsTest extends JobIdsContract {
  private final String prefix = EmbeddedTables.freshName();

  @Override
  protected JobIds open(String store) {
    Table table = EmbeddedTables.named(prefix + store, new WriteUnits());
    return new DynamoJobIds(table, new SecureRandom());
  }
}
