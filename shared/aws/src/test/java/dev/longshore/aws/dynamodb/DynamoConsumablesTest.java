package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.ConsumableStore;
import dev.longshore.core.port.ConsumableStoreContract;

class DynamoConsumablesTest extends ConsumableStoreContract {
  @Override
  protected ConsumableStore newStore() {
    return new DynamoCatalogStore(EmbeddedTables.fresh());
  }
}
