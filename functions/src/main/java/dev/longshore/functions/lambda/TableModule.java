package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.client.Clients;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.aws.sqs.Queue;
import dev.longshore.aws.sqs.SqsNudges;
import dev.longshore.aws.sqs.SqsRepairQueue;
import dev.longshore.aws.sqs.SqsWorkQueue;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.functions.FailedRounds;
import dev.longshore.functions.telemetry.JsonLines;
import dev.longshore.functions.telemetry.RoundCounter;
import dev.longshore.functions.wiring.StoresModule;
import java.time.Duration;
import java.time.InstantSource;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The table and the queues of a deployed stack. A client is made when its first call is. */
@Module(includes = StoresModule.class)
final class TableModule {
  private TableModule() {}

  @Provides
  static JsonLines lines() {
    return new JsonLines(System.out);
  }

  @Provides
  static FailedRounds failedRounds(JsonLines lines, InstantSource clock) {
    return new RoundCounter(lines, clock);
  }

  @Provides
  @Singleton
  static Clients clients(FunctionSettings settings) {
    return new Clients(settings.region(), credentials(), settings.endpoint());
  }

  /**
   * Where functions start from a snapshot, Lambda gives credentials at an endpoint of its own, so
   * that they are never as old as the snapshot; elsewhere by variables. Asked in this order with
   * each call: what is there before the snapshot says nothing about the time after it.
   */
  static AwsCredentialsProvider credentials() {
    return AwsCredentialsProviderChain.builder()
        .addCredentialsProvider(ContainerCredentialsProvider.builder().build())
        .addCredentialsProvider(EnvironmentVariableCredentialsProvider.create())
        .reuseLastProviderEnabled(false)
        .build();
  }

  @Provides
  @Singleton
  static Table table(Clients clients, FunctionSettings settings) {
    return new Table(clients.build(DynamoDbClient.builder()), settings.table(), new WriteUnits());
  }

  @Provides
  @Named("retention")
  static Duration retention(FunctionSettings settings) {
    return settings.retention();
  }

  @Provides
  static JobRoles jobRoles(FunctionSettings settings) {
    return settings.jobRoles();
  }

  @Provides
  @Singleton
  static SqsClient sqs(Clients clients) {
    return clients.build(SqsClient.builder());
  }

  @Provides
  @Singleton
  static Nudges nudges(Provider<SqsClient> sqs, FunctionSettings settings, InstantSource clock) {
    return new SqsNudges(
        new Queue(sqs::get, settings.schedulerQueue()),
        new Queue(sqs::get, settings.capacityQueue()),
        clock);
  }

  @Provides
  @Singleton
  static WorkQueue work(Provider<SqsClient> sqs, FunctionSettings settings) {
    return new SqsWorkQueue(new Queue(sqs::get, settings.workQueue()));
  }

  @Provides
  @Singleton
  static RepairQueue repairs(Provider<SqsClient> sqs, FunctionSettings settings) {
    return new SqsRepairQueue(new Queue(sqs::get, settings.repairQueue()));
  }
}
