package dev.longshore.aws.sqs;

import dev.longshore.core.port.Nudges;
import java.time.InstantSource;

/**
 * Nudges as messages of two FIFO queues. The domain is the message group, so that rounds of one
 * domain do not overlap; the slot of the clock is the deduplication ID, so that a burst of nudges
 * is one message.
 */
public final class SqsNudges implements Nudges {
  private final Queue scheduler;
  private final Queue capacity;
  private final InstantSource clock;

  public SqsNudges(Queue scheduler, Queue capacity, InstantSource clock) {
    this.scheduler = scheduler;
    this.capacity = capacity;
    this.clock = clock;
  }

  @Override
  public void scheduler(String domain) {
    nudge(scheduler, domain);
  }

  @Override
  public void capacity(String domain) {
    nudge(capacity, domain);
  }

  private void nudge(Queue queue, String domain) {
    NudgeSlot slot = NudgeSlot.at(clock.millis());
    queue.send(message ->
        message
            .messageBody(domain)
            .messageGroupId(NudgeSlot.group(domain))
            .messageDeduplicationId(slot.deduplicationId(domain)));
  }
}
