package dev.longshore.simulator.world;

import java.util.HashMap;
import java.util.Map;

/** Limits of the services below: for some seconds most calls of one port are refused. */
final class Throttle {
  private static final long SHORTEST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 20_000;
  private static final int REFUSED_PER_MILLE = 700;

  private final Agenda agenda;
  private final Faults faults;
  private final Map<String, Long> until = new HashMap<>();

  Throttle(Agenda agenda, Faults faults) {
    this.agenda = agenda;
    this.faults = faults;
  }

  /** Whether a call of this port is refused now; it has no effect then. */
  boolean refuses(String port) {
    if (agenda.now() < until.getOrDefault(port, 0L)) {
      boolean refused = faults.active() && faults.chance().perMille(REFUSED_PER_MILLE);
      if (refused) {
        faults.count(Fault.THROTTLED);
      }
      return refused;
    }
    if (faults.strikes(Fault.THROTTLED)) {
      until.put(port, agenda.now() + faults.chance().skewed(SHORTEST_MILLIS, LONGEST_MILLIS));
      return true;
    }
    return false;
  }
}
