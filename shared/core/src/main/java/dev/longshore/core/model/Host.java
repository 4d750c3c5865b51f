package dev.longshore.core.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A container instance and what is taken of it.
 *
 * @param id identity
 * @param state where it is in its life
 * @param instanceType EC2 instance type
 * @param capacity vCPUs, MiB and GPUs that jobs may use: registered, or expected while it boots
 * @param containerInstance ECS container instance ID, absent until it registered
 * @param launchedAt epoch ms
 * @param lastReleasedAt epoch ms of the last release, 0 when nothing was ever released
 * @param reservations room taken, one element per dispatch
 * @param version grows with additions and changes of state only; a release leaves it, so that a
 *     stale reader sees too little free room, never too much
 */
public record Host(
    HostId id,
    State state,
    String instanceType,
    Shape capacity,
    @Nullable String containerInstance,
    long launchedAt,
    long lastReleasedAt,
    Set<Reservation> reservations,
    long version) {

  public Host {
    reservations = Set.copyOf(reservations);
  }

  /** Life of a host. */
  public enum State {
    /** Launched, not registered yet; counts as capacity on its way. */
    BOOTING,
    /** Takes jobs. */
    ACTIVE,
    /** Takes no more jobs; is terminated when it is empty. */
    DRAINING,
    /**
     * Out of contact for too long: it is terminated with all that is on it. What ran on it is over
     * once it is known to be gone, not before.
     */
    LOST,
    /** Gone; what ran on it is lost. The item goes when nothing is reserved any more. */
    GONE
  }

  /** True when it takes no more jobs and is on its way out, but still there. */
  public boolean isLeaving() {
    return state == State.DRAINING || state == State.LOST;
  }

  /** Room that nobody has taken; none while a node of a multi-node job is there. */
  public Shape free() {
    Shape free = capacity;
    for (Reservation reservation : reservations) {
      if (reservation.exclusive()) {
        return Shape.NONE;
      }
      free = free.minus(reservation.shape());
    }
    return free;
  }

  /** Epoch ms since which it has been without work; meaningless while something is reserved. */
  public long idleSince() {
    return Math.max(launchedAt, lastReleasedAt);
  }

  /** This host in another state, one version later. */
  public Host in(State next) {
    return new Host(
        id,
        next,
        instanceType,
        capacity,
        containerInstance,
        launchedAt,
        lastReleasedAt,
        reservations,
        version + 1);
  }
}
