package dev.longshore.local;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.aws.dynamodb.TableSetup;
import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.core.capacity.CapacityPlanner;
import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.functions.FailedRounds;
import dev.longshore.functions.ObserveHandler;
import dev.longshore.local.events.EventSink;
import dev.longshore.local.feed.EventFeed;
import dev.longshore.local.feed.EventFile;
import dev.longshore.local.hosts.LocalHosts;
import dev.longshore.local.hosts.LocalTypes;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.queue.LocalQueue;
import dev.longshore.local.runner.Containers;
import dev.longshore.local.runner.JobContainers;
import dev.longshore.local.runner.LocalTasks;
import dev.longshore.local.stream.Wake;
import dev.longshore.local.stream.WriteSignal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** The ports' adapters on this machine. */
@Module
interface LocalModule {
  String TABLE = "longshore";

  /** Events of quick tasks come together, so that start and end are one write. */
  Duration EVENT_WINDOW = Duration.ofMillis(8);

  /** They are in the log, and nobody makes alarms of it. */
  @Provides
  static FailedRounds failedRounds() {
    return FailedRounds.UNCOUNTED;
  }

  /** A role gives a job nothing here. */
  @Provides
  static JobRoles jobRoles() {
    return new JobRoles.Any();
  }

  @Provides
  @Singleton
  static AmazonDynamoDBLocal embedded(Workspace workspace) {
    return Database.open(workspace);
  }

  @Provides
  @Singleton
  static Wake written() {
    return new Wake();
  }

  @Provides
  @Singleton
  static DynamoDbClient client(AmazonDynamoDBLocal embedded, Wake written) {
    DynamoDbClient client = WriteSignal.on(embedded.dynamoDbClient(), written::call);
    TableSetup.create(client, TABLE);
    return client;
  }

  @Provides
  @Singleton
  static WriteUnits units() {
    return new WriteUnits();
  }

  @Provides
  @Singleton
  static Table table(DynamoDbClient client, WriteUnits units) {
    return new Table(client, TABLE, units);
  }

  @Provides
  @Named("retention")
  static Duration retention(LocalSettings settings) {
    return settings.retention();
  }

  @Provides
  @Singleton
  static InstanceTypes types(LocalSettings settings) {
    return new LocalTypes(settings.total(), new InstanceCatalog());
  }

  @Provides
  static CapacityPlanner planner(LocalSettings settings) {
    return new CapacityPlanner(settings.idle());
  }

  @Provides
  @Singleton
  static LogStore logs(Workspace workspace) {
    return new LogStore(workspace.logs());
  }

  @Provides
  @Singleton
  static EventFeed feed(
      JobStore jobs, CatalogStore catalog, InstantSource clock, Optional<EventFile> file) {
    return new EventFeed(
        new EventDetails(jobs, catalog),
        Long.toString(clock.millis(), Character.MAX_RADIX),
        file.orElse(null));
  }

  @Binds
  EventBus eventBus(EventFeed feed);

  @Provides
  static Containers containers() {
    return new JobContainers();
  }

  @Provides
  @Singleton
  @Named("events")
  static LocalQueue events(Provider<ObserveHandler> handler) {
    return new LocalQueue(
        "events", EVENT_WINDOW, event -> handler.get().handleRequest(event, NoContext.IT));
  }

  @Provides
  static EventSink sink(@Named("events") LocalQueue events) {
    return (event, delivered) -> events.send(event, Duration.ZERO, delivered);
  }

  @Provides
  @Singleton
  static LocalHosts localHosts(
      LocalSettings settings,
      InstanceTypes types,
      EventSink sink,
      Provider<LocalTasks> tasks,
      InstantSource clock) {
    return new LocalHosts(
        settings.total(),
        settings.bootDelay(),
        types,
        sink,
        host -> tasks.get().evict(host),
        clock);
  }

  @Binds
  HostLauncher launcher(LocalHosts hosts);

  @Provides
  @Singleton
  static LocalTasks tasks(
      EventSink sink,
      Runners runners,
      LogStore logs,
      Containers containers,
      LocalHosts hosts,
      InstantSource clock) {
    return new LocalTasks(
        sink, listener -> runners.runner(listener, logs), containers, hosts::exists, clock);
  }

  @Binds
  TaskRunner taskRunner(LocalTasks tasks);

  @Provides
  static Clusters clusters() {
    return Clusters.NONE;
  }

  /** This machine starts whatever has room on it. */
  @Provides
  @Named("mostStarts")
  static int mostStarts() {
    return Integer.MAX_VALUE;
  }
}
