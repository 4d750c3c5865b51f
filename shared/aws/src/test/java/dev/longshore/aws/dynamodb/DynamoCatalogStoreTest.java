package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.CatalogStoreContract;

class DynamoCatalogStoreTest extends CatalogStoreContract {
  @Override
  protected CatalogStore newStore() {
    return new DynamoCatalogStore(EmbeddedTables.fresh());
  }
}
