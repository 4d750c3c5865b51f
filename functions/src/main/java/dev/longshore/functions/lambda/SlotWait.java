package dev.longshore.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.longshore.aws.sqs.NudgeSlot;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until a round may read: the queue drops later nudges of the same slot, so the round must
 * see what was written until the slot's end ({@code data-model} 7).
 */
final class SlotWait {
  private static final String ID = "MessageDeduplicationId";

  /** A nudge from the future has a sender whose clock is wrong: its round does not wait for it. */
  private static final long LONGEST_MILLIS = 1_000;

  private final InstantSource clock;

  SlotWait(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns when every nudge of the batch may be acted on. */
  void await(SQSEvent nudges) {
    long from = readableAt(nudges);
    long start = clock.millis();
    long until = Math.min(from, start + LONGEST_MILLIS);
    for (long rest = until - start; rest > 0; rest = until - clock.millis()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(rest));
    }
  }

  /** Epoch ms from which on a round sees what all nudges of the batch meant; 0 for at once. */
  static long readableAt(SQSEvent nudges) {
    long latest = 0;
    for (SQSMessage nudge : nudges.getRecords()) {
      OptionalLong at =
          Optional.ofNullable(nudge.getAttributes())
              .map(attributes -> attributes.get(ID))
              .map(NudgeSlot::readableAt)
              .orElse(OptionalLong.empty());
      latest = Math.max(latest, at.orElse(0));
    }
    return latest;
  }
}
