package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.client.Clients;
import dev.longshore.aws.dynamodb.DynamoTypeMemory;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.aws.prices.TypeRefresh;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.aws.sqs.Queue;
import dev.longshore.aws.sqs.SqsTicks;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.functions.SweepHandler;
import dev.longshore.functions.telemetry.Gauges;
import dev.longshore.functions.telemetry.JsonLines;
import java.time.InstantSource;
import javax.inject.Provider;
import javax.inject.Singleton;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What is done once a minute beside the sweep. */
@Module
final class SweepModule {
  private SweepModule() {}

  @Provides
  @Singleton
  static TypeRefresh refresh(
      Ec2Client ec2, Clients clients, Table table, FunctionSettings settings, InstantSource clock) {
    return new TypeRefresh(
        ec2,
        clients.buildIn(TypeRefresh.PRICES_REGION, PricingClient.builder()),
        new DynamoTypeMemory(table),
        settings.region(),
        clock);
  }

  @Provides
  @Singleton
  static SweepMinute minute(
      SweepHandler sweep,
      Provider<SqsClient> sqs,
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      JsonLines lines,
      TypeRefresh refresh,
      FunctionSettings settings,
      InstantSource clock) {
    return new SweepMinute(
        sweep,
        new SqsTicks(new Queue(sqs::get, settings.tickQueue())),
        new Gauges(jobs, hosts, catalog, lines, clock),
        refresh);
  }
}
