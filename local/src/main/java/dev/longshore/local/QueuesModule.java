package dev.longshore.local;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.events.FinishedEvents;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.functions.CapacityHandler;
import dev.longshore.functions.ProgressHandler;
import dev.longshore.functions.PublishHandler;
import dev.longshore.functions.SchedulerHandler;
import dev.longshore.functions.WorkHandler;
import dev.longshore.local.queue.DirtyDomains;
import dev.longshore.local.queue.LocalNudges;
import dev.longshore.local.queue.LocalQueue;
import dev.longshore.local.queue.LocalRepairQueue;
import dev.longshore.local.queue.LocalWorkQueue;
import dev.longshore.local.stream.Publisher;
import dev.longshore.local.stream.Pump;
import dev.longshore.local.stream.StreamPlace;
import dev.longshore.local.stream.Wake;
import java.time.Duration;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** Queues and the stream: what calls the handlers. */
@Module
final class QueuesModule {
  /** From one scheduling round to the next: enough for what came meanwhile to share writes. */
  private static final Duration ROUND_PAUSE = Duration.ofMillis(10);

  private static final Duration CAPACITY_PAUSE = Duration.ofMillis(50);

  private QueuesModule() {}

  @Provides
  @Singleton
  @Named("scheduler")
  static DirtyDomains scheduler(Provider<SchedulerHandler> handler) {
    return new DirtyDomains(
        "scheduler", ROUND_PAUSE, event -> handler.get().handleRequest(event, NoContext.IT));
  }

  @Provides
  @Singleton
  @Named("capacity")
  static DirtyDomains capacity(Provider<CapacityHandler> handler) {
    return new DirtyDomains(
        "capacity", CAPACITY_PAUSE, event -> handler.get().handleRequest(event, NoContext.IT));
  }

  @Provides
  static Nudges nudges(
      @Named("scheduler") DirtyDomains scheduler, @Named("capacity") DirtyDomains capacity) {
    return new LocalNudges(scheduler, capacity);
  }

  @Provides
  @Singleton
  @Named("work")
  static LocalQueue work(Provider<WorkHandler> handler) {
    return new LocalQueue(
        "work", Duration.ZERO, event -> handler.get().handleRequest(event, NoContext.IT));
  }

  @Provides
  static WorkQueue workQueue(@Named("work") LocalQueue queue) {
    return new LocalWorkQueue(queue);
  }

  /** Sweeps do not find what a change left undone: it is tried for as long as this runs. */
  @Provides
  @Singleton
  @Named("repairs")
  static LocalQueue repairs(Provider<WorkHandler> handler) {
    return LocalQueue.patient("repairs", event -> handler.get().handleRequest(event, NoContext.IT));
  }

  @Provides
  static RepairQueue repairQueue(@Named("repairs") LocalQueue queue) {
    return new LocalRepairQueue(queue);
  }

  /** The publisher keeps what can not be published, in its order. */
  @Provides
  static FinishedEvents finishedEvents() {
    return FinishedEvents.NONE;
  }

  /** Only a file that outlives the service, like the table, needs a place that does. */
  @Provides
  @Singleton
  static StreamPlace place(LocalSettings settings, Workspace workspace) {
    boolean kept = settings.events() != null && workspace.isKept();
    return new StreamPlace(kept ? workspace.published() : null);
  }

  @Provides
  @Singleton
  static Pump pump(
      AmazonDynamoDBLocal embedded,
      DynamoDbClient client,
      Wake written,
      ProgressHandler progress,
      PublishHandler publish,
      StreamPlace place) {
    String stream =
        client.describeTable(it -> it.tableName(LocalModule.TABLE)).table().latestStreamArn();
    return new Pump(
        embedded.dynamoDbStreamsClient(),
        stream,
        written,
        event -> progress.handleRequest(event, NoContext.IT),
        new Publisher(event -> publish.handleRequest(event, NoContext.IT), place),
        place);
  }
}
