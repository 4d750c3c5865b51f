package dev.longshore.simulator.memory;

import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.HostStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Hosts, reservations and launches under way in memory. */
public final class MemoryHostStore implements HostStore {
  private final Watcher watcher;
  private final TreeMap<HostId, Host> hosts = new TreeMap<>();
  private final Map<HostId, Long> graves = new HashMap<>();
  private final Map<String, Fleet> fleets = new HashMap<>();

  public MemoryHostStore(Watcher watcher) {
    this.watcher = watcher;
  }

  @Override
  public List<Host> hosts(String environment) {
    return hosts.values().stream()
        .filter(host -> host.id().environment().equals(environment))
        .toList();
  }

  /** Every host of every environment; for checks, not for handlers. */
  public List<Host> all() {
    return List.copyOf(hosts.values());
  }

  @Override
  public Optional<Host> find(HostId id) {
    return Optional.ofNullable(hosts.get(id));
  }

  @Override
  public boolean create(Host host) {
    if (hosts.containsKey(host.id())) {
      return false;
    }
    watcher.hostStored(null, host);
    hosts.put(host.id(), host);
    return true;
  }

  @Override
  public boolean save(Host after) {
    Host before = hosts.get(after.id());
    if (before == null || before.version() != after.version() - 1) {
      return false;
    }
    put(
        before,
        new Host(
            after.id(),
            after.state(),
            after.instanceType(),
            after.capacity(),
            after.containerInstance(),
            after.launchedAt(),
            before.lastReleasedAt(),
            before.reservations(),
            after.version()));
    return true;
  }

  @Override
  public boolean saveIfEmpty(Host after) {
    Host before = hosts.get(after.id());
    return before != null && before.reservations().isEmpty() && save(after);
  }

  @Override
  public boolean reserve(HostId id, long version, Set<Reservation> added) {
    Host before = hosts.get(id);
    if (before == null || before.version() != version || before.state() != Host.State.ACTIVE) {
      return false;
    }
    Set<Reservation> all = new HashSet<>(before.reservations());
    all.addAll(added);
    put(before, withReservations(before, all, before.lastReleasedAt(), version + 1));
    return true;
  }

  @Override
  public void release(HostId id, Set<Reservation> released, long now) {
    Host before = hosts.get(id);
    if (before == null) {
      return;
    }
    Set<Reservation> left = new HashSet<>(before.reservations());
    if (left.removeAll(released)) {
      put(before, withReservations(before, left, now, before.version()));
    }
  }

  @Override
  public boolean remove(HostId id, long staleUntil, long now) {
    Host host = hosts.get(id);
    if (host != null && !host.reservations().isEmpty()) {
      return false;
    }
    if (host != null) {
      watcher.hostRemoved(id);
      hosts.remove(id);
      graves.put(id, staleUntil);
    }
    return true;
  }

  @Override
  public long staleUntil(HostId id) {
    return graves.getOrDefault(id, 0L);
  }

  @Override
  public Fleet fleet(String environment) {
    return fleets.getOrDefault(environment, Fleet.none(environment));
  }

  @Override
  public boolean saveFleet(Fleet after) {
    if (fleet(after.environment()).version() != after.version() - 1) {
      return false;
    }
    fleets.put(after.environment(), after);
    return true;
  }

  private void put(Host before, Host after) {
    watcher.hostStored(before, after);
    hosts.put(after.id(), after);
  }

  private static Host withReservations(
      Host host, Set<Reservation> reservations, long lastReleasedAt, long version) {
    return new Host(
        host.id(),
        host.state(),
        host.instanceType(),
        host.capacity(),
        host.containerInstance(),
        host.launchedAt(),
        lastReleasedAt,
        reservations,
        version);
  }
}
