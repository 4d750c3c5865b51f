package dev.longshore.simulator.world;

import dev.longshore.core.model.HostId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which hosts are out of contact. Their tasks go on, but nobody hears of them and nothing that is
 * asked of the host happens before contact is back; when the host goes first, it never does.
 */
final class Contact {
  private final TreeMap<HostId, List<Runnable>> out = new TreeMap<>();

  /** Does it now, or as soon as contact with the host is back. */
  void with(HostId host, Runnable what) {
    List<Runnable> waiting = out.get(host);
    if (waiting == null) {
      what.run();
    } else {
      waiting.add(what);
    }
  }

  boolean isOut(HostId host) {
    return out.containsKey(host);
  }

  /** Hosts of this environment that are out of contact. */
  Set<HostId> out(String environment) {
    Set<HostId> hosts = new TreeSet<>(out.keySet());
    hosts.removeIf(host -> !host.environment().equals(environment));
    return hosts;
  }

  void lose(HostId host) {
    out.putIfAbsent(host, new ArrayList<>());
  }

  /** Contact is back; what waited for it happens, in its order. */
  void back(HostId host) {
    List<Runnable> waiting = out.remove(host);
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }

  /** The host is gone and what waited with it. */
  void forget(HostId host) {
    out.remove(host);
  }
}
