package dev.longshore.functions.wiring;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.dynamodb.DynamoCatalogStore;
import dev.longshore.aws.dynamodb.DynamoHostStore;
import dev.longshore.aws.dynamodb.DynamoJobIds;
import dev.longshore.aws.dynamodb.DynamoJobStore;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import javax.inject.Named;
import javax.inject.Singleton;

/** What is stored, wherever the one table is. */
@Module
public final class StoresModule {
  private StoresModule() {}

  @Provides
  static InstantSource clock() {
    return InstantSource.system();
  }

  /** Ended jobs are kept for the retention. */
  @Provides
  @Singleton
  static JobStore jobs(Table table, InstantSource clock, @Named("retention") Duration retention) {
    return new DynamoJobStore(table, clock, retention);
  }

  @Provides
  @Singleton
  static HostStore hosts(Table table) {
    return new DynamoHostStore(table);
  }

  @Provides
  @Singleton
  static CatalogStore catalog(Table table) {
    return new DynamoCatalogStore(table);
  }

  @Provides
  @Singleton
  static JobIds ids(Table table) {
    return new DynamoJobIds(table, new SecureRandom());
  }
}
