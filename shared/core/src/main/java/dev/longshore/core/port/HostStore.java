package dev.longshore.core.port;

import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Reservation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hosts, the room taken on them, and launches under way. */
public interface HostStore {

  /** All hosts of an environment. Consistent. */
  List<Host> hosts(String environment);

  /** One host. Consistent. */
  Optional<Host> find(HostId id);

  /**
   * Records a host that was launched or has registered ({@code version} 1, no reservations).
   *
   * @return false when it is there already
   */
  boolean create(Host host);

  /**
   * Changes what a host is: state, capacity, container instance. Reservations and the time of the
   * last release stay as they are stored.
   *
   * @return false when the version is no longer {@code after.version() - 1}
   */
  boolean save(Host after);

  /**
   * Like {@link #save}, and only if nothing is reserved on the host.
   *
   * @return false when the version moved or something is reserved
   */
  boolean saveIfEmpty(Host after);

  /**
   * Takes room, all of it in one write, if the host is ACTIVE and still has this version. Taking
   * what is taken changes nothing but the version.
   *
   * @return false when the version moved, the host is not ACTIVE or not there
   */
  boolean reserve(HostId id, long version, Set<Reservation> added);

  /** Gives room back, in one write. Releasing what is not taken changes nothing. */
  void release(HostId id, Set<Reservation> released, long now);

  /**
   * Removes a host that is gone; only if nothing is reserved. For a day from {@code now} it is
   * remembered which reports of it are old. The last removal counts.
   *
   * @param staleUntil epoch ms: what was reported of it before is old
   * @param now epoch ms
   * @return true when it is not there any more, false when something is reserved on it
   */
  boolean remove(HostId id, long staleUntil, long now);

  /**
   * Until when (epoch ms) reports of this host are old since it was removed; 0 when it was not, or
   * long ago. Consistent: who finds no host and asks then, hears of its removal.
   */
  long staleUntil(HostId id);

  /** Launches under way in an environment; {@link Fleet#none} when nothing is stored. */
  Fleet fleet(String environment);

  /**
   * Stores {@code after} if the stored fleet still has the version {@code after.version() - 1}.
   *
   * @return false when somebody else was faster
   */
  boolean saveFleet(Fleet after);
}
