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
import dev.longshore.core.validation.JobRoles;
import dev.longshore.functions.FailedRounds;
import dev.longshore.functions.SweepHandler;
import dev.longshore.functions.telemetry.Gauges;
import dev.longshore.functions.telemetry.JsonLines;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.inject.Named;
import javax.inject.Singleton;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.pricing.PricingClient;

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
        new Queue(rig::sqs, settings.schedulerQueue()),
        new Queue(rig::sqs, settings.capacityQueue()),
        rig.clock());
  }

  @Provides
  static JobRoles jobRoles(FunctionSettings settings) {
    return settings.jobRoles();
  }

  @Provides
  static WorkQueue work(Rig rig, FunctionSettings settings) {
    return new SqsWorkQueue(new Queue(rig::sqs, settings.workQueue()));
  }

  @Provides
  static RepairQueue repairs(Rig rig, FunctionSettings settings) {
    return new SqsRepairQueue(new Queue(rig::sqs, settings.repairQueue()));
  }

  @Provides
  static FinishedEvents finished() {
    return FinishedEvents.NONE;
  }

  @Provides
  static Ec2Client ec2(Rig rig) {
    return rig.ec2();
  }

  @Provides
  static Clusters clusters(Rig rig) {
    return new EcsClusters(rig.ecs(), environment -> new Templates(rig.ec2()).delete(environment));
  }

  @Provides
  @Named("mostStarts")
  static int mostStarts() {
    return 80;
  }

  @Provides
  @Singleton
  static TaskRunner tasks(Rig rig, CatalogStore catalog, FunctionSettings settings) {
    return new EcsTasks(
        rig.ecs(),
        catalog,
        new DynamoTaskDefinitions(rig.table()),
        settings.region(),
        new Pace(1_000, 1_000, rig.clock(), _ -> {}),
        new Pace(1_000, 1_000, rig.clock(), _ -> {}));
  }

  @Provides
  static EventBus bus(Rig rig) {
    return rig.told()::addAll;
  }

  /** Instance types are fresh; their refresh has tests of its own. */
  @Provides
  static SweepMinute minute(
      SweepHandler sweep, JobStore jobs, HostStore hosts, CatalogStore catalog, Rig rig) {
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
    PricingClient unasked =
        new PricingClient() {
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
        new SqsTicks(new Queue(rig::sqs, Rig.SETTINGS.tickQueue())),
        new Gauges(jobs, hosts, catalog, lines, rig.clock()),
        new TypeRefresh(rig.ec2(), unasked, fresh, Rig.SETTINGS.region(), rig.clock()));
  }
}
