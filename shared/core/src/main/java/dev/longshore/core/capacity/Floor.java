package dev.longshore.core.capacity;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ResourceStatus;
import java.time.Duration;

/** How many vCPUs an environment has also when nothing waits. */
final class Floor {
  /** How long {@code desiredvCpus} counts after it was asked for. */
  private static final long WISH_MILLIS = Duration.ofMinutes(10).toMillis();

  private Floor() {}

  /** What is launched while it is missing: nothing for an environment that is not in order. */
  static int toLaunch(ComputeEnvironment environment, long now) {
    boolean settled =
        environment.status() == ResourceStatus.VALID
            || environment.status() == ResourceStatus.UPDATING;
    return settled ? toKeep(environment, now) : 0;
  }

  /** What is not drained for being idle. */
  static int toKeep(ComputeEnvironment environment, long now) {
    Managed managed = environment.managed();
    if (managed == null) {
      return 0;
    }
    long askedAt = Math.max(environment.createdAt(), managed.desiredSince());
    boolean counts = environment.enabled() && now - askedAt < WISH_MILLIS;
    return counts ? Math.max(managed.minVcpus(), managed.desiredVcpus()) : managed.minVcpus();
  }
}
