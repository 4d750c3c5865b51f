package dev.longshore.local.queue;

import dev.longshore.aws.repair.Repair;
import dev.longshore.aws.repair.RepairMessages;
import dev.longshore.aws.repair.RepairQueue;
import java.util.List;

/** The repair queue in memory. What fails on one machine is mended sooner: seconds for minutes. */
public final class LocalRepairQueue implements RepairQueue {
  private static final int SECONDS = 60;

  private final LocalQueue queue;

  public LocalRepairQueue(LocalQueue queue) {
    this.queue = queue;
  }

  @Override
  public void send(List<Repair> repairs) {
    for (Repair repair : repairs) {
      queue.send(RepairMessages.write(repair), repair.delay().dividedBy(SECONDS));
    }
  }
}
