package dev.longshore.core.usecase;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.HostStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gives room back: one write per host for all attempts of a batch that are over. */
public final class Releases {
  private final HostStore hosts;

  public Releases(HostStore hosts) {
    this.hosts = hosts;
  }

  /** A new, empty batch. */
  public Batch batch() {
    return new Batch();
  }

  /** Room to give back together. */
  public final class Batch {
    private final Map<HostId, Set<Reservation>> byHost = new TreeMap<>();

    private Batch() {}

    /** Adds one; it may have been released before. */
    public void add(HostId host, Reservation reservation) {
      byHost.computeIfAbsent(host, _ -> new HashSet<>()).add(reservation);
    }

    /**
     * Releases what is still taken. A host is read first, since a write costs and a read does not.
     *
     * @return the environments of the hosts that got room
     */
    public Set<String> release(long now) {
      Set<String> environments = new TreeSet<>();
      byHost.forEach((id, reservations) -> {
        Set<Reservation> taken = hosts.find(id).map(Host::reservations).orElse(Set.of());
        Set<Reservation> over = new HashSet<>(reservations);
        over.retainAll(taken);
        if (!over.isEmpty()) {
          hosts.release(id, over, now);
          environments.add(id.environment());
        }
      });
      return environments;
    }
  }
}
