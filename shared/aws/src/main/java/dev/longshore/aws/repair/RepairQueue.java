package dev.longshore.aws.repair;

import java.util.List;

/** Takes what failed and brings each of it back when its delay is over. At least once. */
public interface RepairQueue {

  /**
   * Takes these.
   *
   * @throws dev.longshore.core.port.StoreException when it is not certain that it has all of them
   */
  void send(List<Repair> repairs);
}
