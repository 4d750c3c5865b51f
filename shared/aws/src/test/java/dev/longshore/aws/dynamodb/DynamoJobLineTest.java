package dev.longshore.aws.dynamodb;

import dev.longshore.core.port.JobLineContract;
import dev.longshore.core.port.JobStore;
import java.time.Duration;
import java.time.InstantSource;

class DynamoJobLineTest extends JobLineContract {
  @Override
  protected JobStore newStore(InstantSource clock, Duration retention) {
    return new DynamoJobStore(EmbeddedTables.fresh(), clock, retention);
  }

  @Override
  protected void settleIndex() {
    // The embedded index never lags.
  }
}
