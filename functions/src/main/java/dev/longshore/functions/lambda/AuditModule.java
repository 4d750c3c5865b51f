package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.audit.AuditEvents;
import dev.longshore.aws.client.Clients;
import dev.longshore.aws.events.EventWriter;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.AuditHandler;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Where events of calls go. */
@Module
final class AuditModule {
  private AuditModule() {}

  @Provides
  static AuditHandler handler(Clients clients, FunctionSettings settings) {
    EventWriter writer =
        new EventWriter(clients.build(EventBridgeClient.builder()), settings.eventBus());
    return new AuditHandler(new AuditEvents(writer, settings.region()));
  }
}
