package dev.longshore.aws.audit;

import dev.longshore.aws.audit.LogBatch.Line;
import dev.longshore.aws.events.AwsEventBus;
import dev.longshore.aws.events.EventWriter;
import dev.longshore.core.port.StoreException;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Calls of the API as events, of the type that CloudTrail's have. */
public final class AuditEvents {
  /** The type of CloudTrail's events about calls. */
  public static final String TYPE = "AWS API Call via CloudTrail";

  private final EventWriter writer;
  private final String region;

  /**
   * Calls of the service in this Region.
   *
   * @param writer to the bus
   */
  public AuditEvents(EventWriter writer, String region) {
    this.writer = writer;
    this.region = region;
  }

  /**
   * Tells of the calls in these lines of the audit log. A line that comes again has the same {@code
   * eventID}.
   *
   * @throws StoreException when some could not be told of
   */
  public void publish(List<Line> lines) {
    writer.write(lines.stream().map(this::entry).toList());
  }

  private PutEventsRequestEntry entry(Line line) {
    CallRecord call = CallRecord.of(line, region);
    return PutEventsRequestEntry.builder()
        .source(AwsEventBus.SOURCE)
        .detailType(TYPE)
        .time(call.time())
        .detail(call.json())
        .build();
  }
}
