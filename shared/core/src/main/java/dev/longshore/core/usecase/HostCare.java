package dev.longshore.core.usecase;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.TaskRunner.KnownTask;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.core.port.WorkQueue.Work;
import java.time.Duration;

/**
 * Hosts that are taken back or out of contact ({@code data-model} 4). Lost contact alone ends no
 * attempt: a host that stays away is terminated, and its attempts are over when it is gone.
 */
final class HostCare {
  /** How long a host that is out of contact is left alone between two looks. */
  static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  /** So often in a row must a host be found out of contact before it is given up. */
  private static final int LOOKS = 3;

  private final HostStore hosts;
  private final TaskRunner runner;
  private final Wakeups wakeups;
  private final WorkQueue work;

  HostCare(HostStore hosts, TaskRunner runner, Wakeups wakeups, WorkQueue work) {
    this.hosts = hosts;
    this.runner = runner;
    this.wakeups = wakeups;
    this.work = work;
  }

  /**
   * Stops what runs on a host that is about to be taken away, so that it can end in order. The jobs
   * are not told to stop: these attempts were lost with their host and may be repeated.
   */
  void stopTasks(HostId host) {
    for (KnownTask task : runner.running(host)) {
      runner.stop(task.attempt(), host, task.task(), Reasons.hostLost(host));
    }
  }

  /** Looks at a host that was out of contact {@code checks} times in a row. */
  void check(HostId id, int checks) {
    if (!runner.unreachable(id.environment()).contains(id)) {
      return;
    }
    if (checks + 1 < LOOKS) {
      work.send(new Work.CheckHost(id, checks + 1), LOOK_AGAIN);
    } else {
      giveUp(id);
    }
  }

  private void giveUp(HostId id) {
    Host host = hosts.find(id).orElse(null);
    if (host == null || host.state() == Host.State.GONE || host.state() == Host.State.LOST) {
      return;
    }
    if (hosts.save(host.in(Host.State.LOST))) {
      wakeups.capacity(id.environment());
    } else {
      giveUp(id);
    }
  }
}
