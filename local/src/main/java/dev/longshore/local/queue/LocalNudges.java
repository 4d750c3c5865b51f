package dev.longshore.local.queue;

import dev.longshore.core.port.Nudges;

/** Nudges in memory. */
public final class LocalNudges implements Nudges {
  private final DirtyDomains scheduler;
  private final DirtyDomains capacity;

  public LocalNudges(DirtyDomains scheduler, DirtyDomains capacity) {
    this.scheduler = scheduler;
    this.capacity = capacity;
  }

  @Override
  public void scheduler(String domain) {
    scheduler.nudge(domain);
  }

  @Override
  public void capacity(String domain) {
    capacity.nudge(domain);
  }
}
