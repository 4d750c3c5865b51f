package dev.longshore.aws.sqs;

import dev.longshore.aws.work.WorkMessages;
import dev.longshore.core.port.WorkQueue;
import java.time.Duration;

/** Portions of work as messages of a standard queue, which delays by whole seconds. */
public final class SqsWorkQueue implements WorkQueue {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Queue queue;

  public SqsWorkQueue(Queue queue) {
    this.queue = queue;
  }

  @Override
  public void send(Work work, Duration delay) {
    queue.send(
        message -> message.messageBody(WorkMessages.write(work)).delaySeconds(seconds(delay)));
  }

  /** Rounded up: work that is due later must not come earlier. */
  static int seconds(Duration delay) {
    if (delay.isNegative()) {
      return 0;
    }
    Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    return (int) bounded.plusNanos(999_999_999).toSeconds();
  }
}
