package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.longshore.functions.PublishHandler;

/** The second reader of the table's stream. */
public final class PublishFunction implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private final PublishHandler handler;

  /** As Lambda makes it. */
  public PublishFunction() {
    PublishComponent component = DaggerPublishComponent.factory().create(Startup.settings());
    this.handler = component.handler();
    Rehearsal.of(component);
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return handler.handleRequest(event, context);
  }
}
