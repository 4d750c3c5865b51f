package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.longshore.core.usecase.Sweep;
import org.jspecify.annotations.Nullable;

/** Looks for what is stuck, whenever the timer says so. */
public final class SweepHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private final Sweep sweep;

  public SweepHandler(Sweep sweep) {
    this.sweep = sweep;
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, Context context) {
    sweep.run();
    return null;
  }
}
