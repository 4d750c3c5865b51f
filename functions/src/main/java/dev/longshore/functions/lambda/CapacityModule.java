package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.port.InstanceTypes;
import javax.inject.Singleton;

/** What instances there are to be had. */
@Module
final class CapacityModule {
  private CapacityModule() {}

  @Provides
  @Singleton
  static InstanceTypes types() {
    return new InstanceCatalog();
  }
}
