package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.longshore.functions.ProgressHandler;

/** The first reader of the table's stream. */
public final class ProgressFunction implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private final ProgressHandler handler;

  /** As Lambda makes it. */
  public ProgressFunction() {
    ProgressComponent component = DaggerProgressComponent.factory().create(Startup.settings());
    this.handler = component.handler();
    Rehearsal.of(component);
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return handler.handleRequest(event, context);
  }
}
