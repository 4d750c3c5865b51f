package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.dynamodb.DynamoCatalogStore;
import dev.longshore.aws.dynamodb.DynamoHostStore;
import dev.longshore.aws.dynamodb.DynamoJobIds;
import dev.longshore.aws.dynamodb.DynamoJobStore;
import dev.longshore.aws.dynamodb.DynamoTaskDefinitions;
import dev.longshore.aws.ec2.Templates;
import dev.longshore.aws.ecs.EcsClusters;
import dev.longshore.aws.ecs.EcsTasks;
import dev.longshore.aws.events.AwsEventBus;
import dev.longshore.aws.events.FinishedEvents;
import dev.longshore.aws.pacing.Pace;
import dev.longshore.aws.prices.TypeMemory;
import dev.longshore.aws.prices.TypeRefresh;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.aws.sqs.Queue;
import dev.longshore.aws.sqs.SqsNudges;
import dev.longshore.aws.sqs.SqsRepairQueue;
import dev.longshore.aws.sqs.SqsTicks;
import dev.longshore.aws.sqs.SqsWorkQueue;
import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.functions.FailedRounds;
import dev.longshore.functions.SweepHandler;
import dev.longshore.functions.telemetry.Gauges;
import dev.longshore.functions.telemetry.JsonLines;
import dev.longshore.wire.Arns;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.GetProductsRequest;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The adapters of the deployed functions, over services in memory and a clock that a test sets. */
@Module
final class RigModule {
  private RigModule() {}

  @Provides
  static InstantSource clock(Rig rig) {
    return rig.clock();
  }

  @Provides
  static FailedRounds failedRounds(Rig rig) {
    return rig::roundFailed;
  }

  @Provides
  static FunctionSettings settings() {
    return Rig.SETTINGS;
  }

  @Provides
  @Singleton
  static JobStore jobs(Rig rig, FunctionSettings settings) {
    return new DynamoJobStore(rig.table(), rig.clock(), settings.retention());
  }

  @Provides
  @Singleton
  static HostStore hosts(Rig rig) {
    return new DynamoHostStore(rig.table());
  }

  @Provides
  @Singleton
  static CatalogStore catalog(Rig rig) {
    return new DynamoCatalogStore(rig.table());
  }

  @Provides
  @Singleton
  static JobIds ids(Rig rig) {
    return new DynamoJobIds(rig.table(), new SplittableRandom(rig.clock().millis()));
  }

  @Provides
  static InstanceTypes types() {
    return new InstanceCatalog();
  }

  @Provides
  static Nudges nudges(Rig rig, FunctionSettings settings) {
    return new SqsNudges(
        new Queue(() -> sqs(rig), settings.schedulerQueue()),
        new Queue(() -> sqs(rig), settings.capacityQueue()),
        rig.clock());
  }

  @Provides
  static JobRoles jobRoles(FunctionSettings settings) {
    return settings.jobRoles();
  }

  @Provides
  static WorkQueue work(Rig rig, FunctionSettings settings) {
    return new SqsWorkQueue(new Queue(() -> sqs(rig), settings.workQueue()));
  }

  @Provides
  static RepairQueue repairs(Rig rig, FunctionSettings settings) {
    return new SqsRepairQueue(new Queue(() -> sqs(rig), settings.repairQueue()));
  }

  @Provides
  static FinishedEvents finished(Provider<AwsEventBus> bus) {
    return event -> bus.get().publish(event);
  }

  @Provides
  static Ec2Client ec2(Rig rig) {
    return rig.calls().through(Ec2Client.class, rig.ec2());
  }

  @Provides
  static EcsClient ecs(Rig rig) {
    return rig.calls().through(EcsClient.class, rig.ecs());
  }

  @Provides
  static Clusters clusters(EcsClient ecs, Ec2Client ec2) {
    return new EcsClusters(ecs, environment -> new Templates(ec2).delete(environment));
  }

  @Provides
  @Named("mostStarts")
  static int mostStarts(Rig rig) {
    return rig.mostStarts();
  }

  @Provides
  @Singleton
  static TaskRunner tasks(Rig rig, EcsClient ecs, CatalogStore catalog, FunctionSettings settings) {
    return new EcsTasks(
        ecs,
        catalog,
        new DynamoTaskDefinitions(rig.table()),
        settings.region(),
        new Pace(1_000, 1_000, rig.clock(), _ -> {}),
        new Pace(1_000, 1_000, rig.clock(), _ -> {}));
  }

  @Provides
  @Singleton
  static AwsEventBus eventBridge(
      Rig rig,
      JobStore jobs,
      CatalogStore catalog,
      FunctionSettings settings,
      RepairQueue repairs) {
    return new AwsEventBus(
        rig.calls().through(EventBridgeClient.class, rig.eventBridge()),
        settings.eventBus(),
        new EventDetails(jobs, catalog),
        new Arns(settings.region(), settings.account()),
        repairs,
        rig.clock());
  }

  @Provides
  static EventBus bus(Rig rig, AwsEventBus bus) {
    return events -> {
      bus.publish(events);
      rig.told().addAll(events);
    };
  }

  /** Instance types are fresh; their refresh has tests of its own. */
  @Provides
  static SweepMinute minute(
      SweepHandler sweep,
      JobStore jobs,
      HostStore hosts,
      CatalogStore catalog,
      Ec2Client ec2,
      Rig rig) {
    TypeMemory fresh =
        new TypeMemory() {
          @Override
          public Optional<Kept> read() {
            return rig.knowsTypes()
                ? Optional.of(new Kept("", rig.clock().millis()))
                : Optional.empty();
          }

          @Override
          public boolean keep(Kept after, long before) {
            return false;
          }
        };
    PricingClient silent =
        new PricingClient() {
          @Override
          public GetProductsResponse getProducts(GetProductsRequest request) {
            throw SdkClientException.create("nobody answers");
          }

          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };
    JsonLines lines = new JsonLines(new PrintStream(OutputStream.nullOutputStream()));
    return new SweepMinute(
        sweep,
        new SqsTicks(new Queue(() -> sqs(rig), Rig.SETTINGS.tickQueue())),
        new Gauges(jobs, hosts, catalog, lines, rig.clock()),
        new TypeRefresh(
            ec2,
            rig.calls().through(PricingClient.class, silent),
            fresh,
            Rig.SETTINGS.region(),
            rig.clock()));
  }

  private static SqsClient sqs(Rig rig) {
    return rig.calls().through(SqsClient.class, rig.sqs());
  }
}
