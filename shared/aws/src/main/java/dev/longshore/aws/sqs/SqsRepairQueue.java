package dev.longshore.aws.sqs;

import dev.longshore.aws.repair.Repair;
import dev.longshore.aws.repair.RepairMessages;
import dev.longshore.aws.repair.RepairQueue;
import java.util.List;

/** Repairs as messages of a standard queue, which brings each when its delay is over. */
public final class SqsRepairQueue implements RepairQueue {
  private final Queue queue;

  public SqsRepairQueue(Queue queue) {
    this.queue = queue;
  }

  @Override
  public void send(List<Repair> repairs) {
    queue.sendAll(
        repairs.stream()
            .map(repair ->
                new Queue.Delayed(
                    RepairMessages.write(repair), SqsWorkQueue.seconds(repair.delay())))
            .toList());
  }
}
