package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.client.Clients;
import dev.longshore.aws.ec2.Templates;
import dev.longshore.aws.ecs.EcsClusters;
import dev.longshore.core.port.Clusters;
import javax.inject.Provider;
import javax.inject.Singleton;
import software.amazon.awssdk.services.ec2.Ec2Client;
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
  @Singleton
  static Ec2Client ec2(Clients clients) {
    return clients.build(Ec2Client.builder());
  }

  @Provides
  static Clusters clusters(EcsClient ecs, Provider<Ec2Client> ec2) {
    return new EcsClusters(ecs, environment -> new Templates(ec2.get()).delete(environment));
  }
}
