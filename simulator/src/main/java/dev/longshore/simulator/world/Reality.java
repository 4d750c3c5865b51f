package dev.longshore.simulator.world;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import org.jspecify.annotations.Nullable;

/** Hears what really happens on hosts, at the moment it happens; it may throw to object. */
public interface Reality {
  /** A task begins. */
  default void taskBegins(AttemptKey attempt, HostId host, Shape shape) {}

  /** A task was asked to stop, the first time. */
  default void stopAsked(AttemptKey attempt) {}

  /** Its program runs. */
  default void taskRuns(AttemptKey attempt) {}

  /** A task is over; without an exit code when none is known. */
  default void taskEnds(AttemptKey attempt, HostId host, @Nullable Integer exitCode) {}

  /** An instance was launched. */
  default void hostLaunched(HostId host, Shape capacity) {}

  /** Nobody hears of the host any more; what runs there goes on. */
  default void contactLost(HostId host) {}

  /** The service ends a host that is there. */
  default void hostTerminated(HostId host) {}

  /** A host is gone; the ends of what ran on it follow. */
  default void hostGone(HostId host) {}
}
