package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.functions.WorkHandler;

/** Consumes the queues for portions of work and for repairs. */
public final class WorkFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final WorkHandler handler;

  /** As Lambda makes it. */
  public WorkFunction() {
    WorkComponent component = DaggerWorkComponent.factory().create(Startup.settings());
    this.handler = component.handler();
    Rehearsal.of(component);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return handler.handleRequest(event, context);
  }
}
