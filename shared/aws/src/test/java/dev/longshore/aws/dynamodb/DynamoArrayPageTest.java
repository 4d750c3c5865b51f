package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.ArrayPageContract;
import dev.longshore.core.port.JobStore;
import java.time.Duration;
import java.time.InstantSource;

class DynamoArrayPageTest extends ArrayPageContract {
  @Override
  protected JobStore newStore(InstantSource clock, Duration retention) {
    return new DynamoJobStore(EmbeddedTables.fresh(), clock, retention);
  }
}
