package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.JobStoreContract;
import java.time.Duration;
import java.time.InstantSource;

class DynamoJobStoreTest extends JobStoreContract {
  @Override
  protected JobStore newStore(InstantSource clock, Duration retention) {
    return new DynamoJobStore(EmbeddedTables.fresh(), clock, retention);
  }
}
