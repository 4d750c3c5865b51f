package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.functions.CapacityHandler;
import java.time.InstantSource;

/** Capacity rounds, one for each domain in a batch of nudges. */
public final class CapacityFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final CapacityHandler handler;
  private final SlotWait slots = new SlotWait(InstantSource.system());

  /** As Lambda makes it. */
  public CapacityFunction() {
    CapacityComponent component = DaggerCapacityComponent.factory().create(Startup.settings());
    this.handler = component.handler();
    Rehearsal.of(component);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    slots.await(event);
    return handler.handleRequest(event, context);
  }
}
