package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.longshore.aws.audit.AuditEvents;
import dev.longshore.aws.audit.LogBatch;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the calls in a batch of lines of the audit log. When it fails the whole batch comes
 * again, so an event may come twice, with the same {@code eventID}.
 */
public final class AuditHandler implements RequestHandler<CloudWatchLogsEvent, @Nullable Void> {
  private final AuditEvents events;

  public AuditHandler(AuditEvents events) {
    this.events = events;
  }

  @Override
  public @Nullable Void handleRequest(CloudWatchLogsEvent event, Context context) {
    events.publish(LogBatch.lines(event.getAwsLogs().getData()));
    return null;
  }
}
