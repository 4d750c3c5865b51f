package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.client.Clients;
import dev.longshore.aws.ecs.EcsClusters;
import dev.longshore.core.port.Clusters;
import javax.inject.Singleton;
import software.amazon.awssdk.services.ecs.EcsClient;

/** What compute environments own in ECS. */
@Module
final class ClustersModule {
  private ClustersModule() {}

  @Provides
  @Singleton
  static EcsClient ecs(Clients clients) {
    return clients.build(EcsClient.builder());
  }

  @Provides
  static Clusters clusters(EcsClient ecs) {
    return new EcsClusters(ecs, _ -> {});
  }
}
