package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.ec2.Ec2Hosts;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.core.capacity.CapacityPlanner;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.InstanceTypes;
import javax.inject.Singleton;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Hosts on EC2 that come and go. */
@Module
final class HostsModule {
  private HostsModule() {}

  @Provides
  static CapacityPlanner planner() {
    return new CapacityPlanner();
  }

  @Provides
  @Singleton
  static HostLauncher hosts(
      Ec2Client ec2,
      CatalogStore catalog,
      InstanceTypes types,
      Clusters clusters,
      FunctionSettings settings) {
    return new Ec2Hosts(ec2, catalog, types, clusters, settings.stack());
  }
}
