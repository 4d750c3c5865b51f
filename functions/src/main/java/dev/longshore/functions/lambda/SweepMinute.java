package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.longshore.aws.prices.TypeRefresh;
import dev.longshore.aws.sqs.SqsTicks;
import dev.longshore.functions.SweepHandler;
import dev.longshore.functions.telemetry.Gauges;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * What a tick means: a sweep. With the timer's own, once a minute, there is more to it: while
 * attempts hold room three more ticks follow within the minute, gauges are reported, and instance
 * types are refreshed when the last refresh is old ({@code docs/decisions/0025}).
 */
final class SweepMinute {
  private static final Logger LOG = System.getLogger(SweepMinute.class.getName());

  private final SweepHandler sweep;
  private final SqsTicks ticks;
  private final Gauges gauges;
  private final TypeRefresh types;

  SweepMinute(SweepHandler sweep, SqsTicks ticks, Gauges gauges, TypeRefresh types) {
    this.sweep = sweep;
    this.ticks = ticks;
    this.gauges = gauges;
    this.types = types;
  }

  /** Several ticks at once mean one sweep. */
  SQSBatchResponse on(SQSEvent event, Context context) {
    boolean busy = sweep.handleRequest(new ScheduledEvent(), context);
    boolean timer =
        event.getRecords().stream().anyMatch(message -> !SqsTicks.isMore(message.getBody()));
    if (timer) {
      if (busy) {
        ticks.more();
      }
      gauges.report();
      refresh();
    }
    return new SQSBatchResponse(List.of());
  }

  /** Yesterday's instance types do as well. */
  private void refresh() {
    try {
      types.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the instance types of the Region are not refreshed", e);
    }
  }
}
