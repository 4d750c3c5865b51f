package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.QueueBooksContract;

class DynamoQueueBooksTest extends QueueBooksContract {
  @Override
  protected CatalogStore newStore() {
    return new DynamoCatalogStore(EmbeddedTables.fresh());
  }
}
