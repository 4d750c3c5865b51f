package dev.longshore.aws.sqs;

import java.time.Duration;

/**
 * More ticks of a timer than the timer itself gives: messages with a delay, on the queue that the
 * timer's own ticks come by.
 */
public final class SqsTicks {
  private static final String MORE = "more";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Queue queue;

  /** Ticks on this queue. */
  public SqsTicks(Queue queue) {
    this.queue = queue;
  }

  /**
   * Sends those that are left in the minute of the timer's tick, one every 15 s.
   *
   * @throws dev.longshore.core.port.StoreException when the queue did not take one
   */
  public void more() {
    for (Duration at = EVERY; at.compareTo(MINUTE) < 0; at = at.plus(EVERY)) {
      int delay = (int) at.toSeconds();
      queue.send(message -> message.messageBody(MORE).delaySeconds(delay));
    }
  }

  /** True for the body of a message that {@link #more} sent, false for the timer's own. */
  public static boolean isMore(String body) {
    return body.equals(MORE);
  }
}
