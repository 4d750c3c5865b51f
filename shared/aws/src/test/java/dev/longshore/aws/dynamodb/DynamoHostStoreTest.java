package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.HostStoreContract;

class DynamoHostStoreTest extends HostStoreContract {
  @Override
  protected HostStore newStore() {
    return new DynamoHostStore(EmbeddedTables.fresh());
  }
}
