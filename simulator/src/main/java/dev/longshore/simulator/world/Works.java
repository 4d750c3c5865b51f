package dev.longshore.simulator.world;

import dev.longshore.core.port.WorkQueue;
import java.time.Duration;
import java.util.function.Consumer;

/** The work queue: at least once, in no order, again after its visibility when a handler fails. */
public final class Works implements WorkQueue {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final long USUAL_MILLIS = 300;
  private static final long VISIBILITY_MILLIS = 60_000;
  private static final long AGAIN_MILLIS = 120_000;

  private final Agenda agenda;
  private final Faults faults;
  private final Invocations invocations;
  private final Consumer<Work> handler;

  public Works(Agenda agenda, Faults faults, Invocations invocations, Consumer<Work> handler) {
    this.agenda = agenda;
    this.faults = faults;
    this.invocations = invocations;
    this.handler = handler;
  }

  @Override
  public void send(Work work, Duration delay) {
    if (delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("longer than a queue can delay: " + delay);
    }
    long jitter = faults.chance().between(10, USUAL_MILLIS);
    agenda.inMemory(delay.toMillis() + jitter, "work", () -> handle(work));
    if (faults.strikes(Fault.WORK_AGAIN)) {
      long later = faults.chance().skewed(10, AGAIN_MILLIS);
      agenda.inMemory(delay.toMillis() + later, "work again", () -> handle(work));
    }
  }

  private void handle(Work work) {
    invocations.start(
        "work " + work,
        () -> handler.accept(work),
        outcome -> {
          if (outcome != Outcome.DONE) {
            agenda.inMemory(VISIBILITY_MILLIS, "work visible", () -> handle(work));
          }
        });
  }
}
