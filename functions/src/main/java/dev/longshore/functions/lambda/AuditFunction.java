package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.longshore.functions.AuditHandler;
import org.jspecify.annotations.Nullable;

/** Subscribes to the audit log. */
public final class AuditFunction implements RequestHandler<CloudWatchLogsEvent, @Nullable Void> {
  private final AuditHandler handler =
      DaggerAuditComponent.factory().create(Startup.settings()).handler();

  @Override
  public @Nullable Void handleRequest(CloudWatchLogsEvent event, Context context) {
    return handler.handleRequest(event, context);
  }
}
