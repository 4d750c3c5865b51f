package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.functions.ObserveHandler;

/** Events of ECS and EC2, which come by a queue. */
public final class ObserveFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final ObserveHandler handler;

  /** As Lambda makes it. */
  public ObserveFunction() {
    ObserveComponent component = DaggerObserveComponent.factory().create(Startup.settings());
    this.handler = component.handler();
    Rehearsal.of(component);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return handler.handleRequest(event, context);
  }
}
