package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.client.Clients;
import dev.longshore.aws.events.AwsEventBus;
import dev.longshore.aws.events.FinishedEvents;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.functions.telemetry.JsonLines;
import dev.longshore.functions.telemetry.ReportedEvents;
import dev.longshore.wire.Arns;
import java.time.InstantSource;
import javax.inject.Provider;
import javax.inject.Singleton;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Where events of jobs go: to EventBridge, to the log and into metrics. */
@Module
final class EventsModule {
  private EventsModule() {}

  @Provides
  @Singleton
  static AwsEventBus eventBridge(
      Clients clients,
      JobStore jobs,
      CatalogStore catalog,
      FunctionSettings settings,
      RepairQueue repairs,
      InstantSource clock) {
    return new AwsEventBus(
        clients.build(EventBridgeClient.builder()),
        settings.eventBus(),
        new EventDetails(jobs, catalog),
        new Arns(settings.region(), settings.account()),
        repairs,
        clock);
  }

  @Provides
  @Singleton
  static EventBus bus(AwsEventBus bus, JsonLines lines) {
    return new ReportedEvents(bus, lines);
  }

  /** Made with the first of them: whoever does repairs seldom meets one. */
  @Provides
  static FinishedEvents finished(Provider<AwsEventBus> bus) {
    return event -> bus.get().publish(event);
  }
}
