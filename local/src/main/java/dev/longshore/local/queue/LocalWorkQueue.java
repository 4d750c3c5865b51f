package dev.longshore.local.queue;

import dev.longshore.aws.work.WorkMessages;
import dev.longshore.core.port.WorkQueue;
import java.time.Duration;

/** The work queue in memory. */
public final class LocalWorkQueue implements WorkQueue {
  private final LocalQueue queue;

  public LocalWorkQueue(LocalQueue queue) {
    this.queue = queue;
  }

  @Override
  public void send(Work work, Duration delay) {
    queue.send(WorkMessages.write(work), delay);
  }
}
