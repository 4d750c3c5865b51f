package dev.longshore.functions;

import dev.longshore.aws.events.FinishedEvents;
import dev.longshore.aws.repair.Repair;
import dev.longshore.aws.repair.Repair.Task;
import dev.longshore.aws.repair.RepairMessages;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.core.port.Change;
import dev.longshore.core.usecase.Progress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Does again what failed. What fails again comes back later, longer each time; the last failure is
 * the caller's, whose queue then sets the message aside for a person.
 */
public final class Repairs {
  private static final Logger LOG = System.getLogger(Repairs.class.getName());

  private static final int MOST_LOGGED = 400;

  private final Progress progress;
  private final FinishedEvents events;
  private final RepairQueue queue;

  public Repairs(Progress progress, FinishedEvents events, RepairQueue queue) {
    this.progress = progress;
    this.events = events;
    this.queue = queue;
  }

  /**
   * Does it, or sees to it that it is tried again.
   *
   * @throws RuntimeException when it failed for the last time
   */
  public void handle(Repair repair) {
    try {
      switch (repair.task()) {
        case Task.Follow(Change change) -> progress.advance(List.of(change));
        case Task.Publish(String event) -> events.publish(event);
      }
    } catch (RuntimeException failed) {
      Optional<Repair> next = repair.again();
      if (next.isEmpty()) {
        throw failed;
      }
      LOG.log(Level.WARNING, "a repair failed: " + named(repair), failed);
      queue.send(List.of(next.get()));
      return;
    }
    LOG.log(Level.INFO, "repaired: {0}", named(repair));
  }

  /** Enough of it to know it again: events are large. */
  private static String named(Repair repair) {
    String body = RepairMessages.write(repair);
    return body.substring(0, Math.min(body.length(), MOST_LOGGED));
  }
}
