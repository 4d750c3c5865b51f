package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.client.Clients;
import dev.longshore.aws.events.AwsEventBus;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.functions.telemetry.JsonLines;
import dev.longshore.functions.telemetry.ReportedEvents;
import dev.longshore.wire.Arns;
import javax.inject.Singleton;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Where events of jobs go: to EventBridge, to the log and into metrics. */
@Module
final class EventsModule {
  private EventsModule() {}

  @Provides
  @Singleton
  static EventBus bus(
      Clients clients,
      JobStore jobs,
      CatalogStore catalog,
      JsonLines lines,
      FunctionSettings settings) {
    EventBus bus =
        new AwsEventBus(
            clients.build(EventBridgeClient.builder()),
            settings.eventBus(),
            new EventDetails(jobs, catalog),
            new Arns(settings.region(), settings.account()));
    return new ReportedEvents(bus, lines);
  }
}
