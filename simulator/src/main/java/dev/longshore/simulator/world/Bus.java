package dev.longshore.simulator.world;

import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.StoreException;
import java.util.List;
import java.util.function.Consumer;

/** A bus that tells one listener; at times only some events of a call, and then it fails. */
public final class Bus implements EventBus {
  private final Faults faults;
  private final Consumer<BatchEvent> listener;

  public Bus(Faults faults, Consumer<BatchEvent> listener) {
    this.faults = faults;
    this.listener = listener;
  }

  @Override
  public void publish(List<BatchEvent> events) {
    if (events.isEmpty() || events.size() > MOST) {
      throw new IllegalArgumentException("so many events in one call: " + events.size());
    }
    boolean fails = faults.strikes(Fault.BUS_FAILS);
    int told = fails ? faults.chance().between(0, events.size()) : events.size();
    events.subList(0, told).forEach(listener);
    if (fails) {
      throw new StoreException(
          "simulated: no answer of the bus", new IllegalStateException("after " + told));
    }
  }
}
