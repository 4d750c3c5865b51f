package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.dynamodb.DynamoTypeMemory;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.aws.prices.StoredTypes;
import dev.longshore.core.port.InstanceTypes;
import java.time.InstantSource;
import javax.inject.Singleton;

/** What instances there are to be had. */
@Module
final class CapacityModule {
  private CapacityModule() {}

  @Provides
  @Singleton
  static InstanceTypes types(Table table, InstantSource clock) {
    return new StoredTypes(new DynamoTypeMemory(table), clock);
  }
}
