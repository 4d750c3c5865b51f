package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Ticks of the timer, which come by a queue. */
public final class SweepFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final SweepMinute minute;

  /** As Lambda makes it. */
  public SweepFunction() {
    SweepComponent component = DaggerSweepComponent.factory().create(Startup.settings());
    this.minute = component.minute();
    Rehearsal.of(component);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return minute.on(event, context);
  }
}
