package dev.longshore.aws.repair;

import dev.longshore.core.port.Change;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that failed and must still be done. Done twice, it changes nothing more.
 *
 * @param task what is to be done
 * @param tries how often a repair of it has failed
 */
public record Repair(Task task, int tries) {
  private static final int LAST = 6;
  private static final Duration FIRST_DELAY = Duration.ofMinutes(1);

  /** The longest that a queue can delay a message. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /** What a repair does. */
  public sealed interface Task {
    /** Does what must follow from a change, as things are now. */
    record Follow(Change change) implements Task {}

    /**
     * Publishes an event.
     *
     * @param event all of it, as one JSON object
     */
    record Publish(String event) implements Task {}
  }

  /** The first repair of something that just failed. */
  public static Repair of(Task task) {
    return new Repair(task, 0);
  }

  /** The next one after this one failed; empty when it was the last, after an hour. */
  public Optional<Repair> again() {
    return tries < LAST ? Optional.of(new Repair(task, tries + 1)) : Optional.empty();
  }

  /** How long it waits: a minute at first, then longer each time, at most a quarter of an hour. */
  public Duration delay() {
    Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.clamp(tries, 0, LAST));
    return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
  }
}
