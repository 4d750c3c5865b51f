package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.longshore.core.usecase.Sweep;

/** Looks for what is stuck, whenever a timer says so; answers true while attempts hold room. */
public final class SweepHandler implements RequestHandler<ScheduledEvent, Boolean> {
  private final Sweep sweep;

  public SweepHandler(Sweep sweep) {
    this.sweep = sweep;
  }

  @Override
  public Boolean handleRequest(ScheduledEvent event, Context context) {
    return sweep.run();
  }
}
