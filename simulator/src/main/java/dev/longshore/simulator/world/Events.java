package dev.longshore.simulator.world;

import dev.longshore.core.usecase.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The queue of task and host events: batched, late, repeated, out of order, sometimes lossy. */
public final class Events {
  private static final int BATCH = 10;
  private static final long USUAL_MILLIS = 400;
  private static final long LATE_MILLIS = 240_000;
  private static final long RETRY_MILLIS = 20_000;

  private final Agenda agenda;
  private final Faults faults;
  private final Invocations invocations;
  private final Consumer<List<Observation>> handler;
  private final List<Observation> waiting = new ArrayList<>();
  private boolean delivering;

  public Events(
      Agenda agenda, Faults faults, Invocations invocations, Consumer<List<Observation>> handler) {
    this.agenda = agenda;
    this.faults = faults;
    this.invocations = invocations;
    this.handler = handler;
  }

  /** Tells the service, sooner or later, once or twice or, rarely, never. */
  void tell(Observation observation) {
    if (faults.strikes(Fault.EVENT_LOST)) {
      return;
    }
    Chance chance = faults.chance();
    long most = faults.strikes(Fault.EVENT_LATE) ? LATE_MILLIS : USUAL_MILLIS;
    agenda.in(chance.between(10, most), "event", () -> arrive(observation));
    if (faults.strikes(Fault.EVENT_AGAIN)) {
      agenda.in(chance.skewed(10, LATE_MILLIS), "event again", () -> arrive(observation));
    }
  }

  private void arrive(Observation observation) {
    waiting.add(observation);
    if (!delivering) {
      delivering = true;
      agenda.in(faults.chance().between(0, 100), "observe", this::deliver);
    }
  }

  private void deliver() {
    delivering = false;
    while (!waiting.isEmpty()) {
      int size = Math.min(waiting.size(), faults.chance().between(1, BATCH));
      List<Observation> batch = List.copyOf(waiting.subList(0, size));
      waiting.subList(0, size).clear();
      observe(batch);
    }
  }

  private void observe(List<Observation> batch) {
    invocations.start(
        "observe " + Say.of(batch),
        () -> handler.accept(batch),
        outcome -> {
          if (outcome != Outcome.DONE) {
            agenda.in(RETRY_MILLIS, "observe again", () -> observe(batch));
          }
        });
  }
}
