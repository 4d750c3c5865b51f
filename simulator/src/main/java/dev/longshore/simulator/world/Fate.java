package dev.longshore.simulator.world;

import dev.longshore.core.model.HostId;
import java.util.List;
import java.util.Optional;

/** What befalls hosts, and the whole service, about once a minute while faults strike. */
public final class Fate {
  private static final long BEAT_MILLIS = 60_000;
  private static final long OUT_MILLIS = 720_000;

  private final Agenda agenda;
  private final Faults faults;
  private final Machines machines;
  private final Runnable restart;
  private final Trace trace;

  /** {@code restart} kills the service and starts it again. */
  public Fate(Agenda agenda, Faults faults, Machines machines, Runnable restart, Trace trace) {
    this.agenda = agenda;
    this.faults = faults;
    this.machines = machines;
    this.restart = restart;
    this.trace = trace;
    agenda.in(BEAT_MILLIS, "fate", this::beat);
  }

  private void beat() {
    strike(Fault.HOST_DEATH, machines.up(false)).ifPresent(machines::dies);
    strike(Fault.SPOT_RECLAIM, machines.up(true)).ifPresent(machines::dies);
    strike(Fault.SPOT_WARNING, machines.up(true)).ifPresent(machines::isReclaimed);
    strike(Fault.AGENT_LOST, machines.up(false))
        .ifPresent(host -> machines.losesContact(host, faults.chance().skewed(20_000, OUT_MILLIS)));
    strike(Fault.AGENT_GONE, machines.up(false))
        .ifPresent(host -> machines.losesContact(host, Machines.FOREVER));
    if (faults.strikes(Fault.RESTART)) {
      restart.run();
    }
    if (faults.active()) {
      agenda.in(BEAT_MILLIS, "fate", this::beat);
    }
  }

  private Optional<HostId> strike(Fault fault, List<HostId> hosts) {
    if (hosts.isEmpty() || !faults.strikes(fault)) {
      return Optional.empty();
    }
    HostId host = faults.chance().of(hosts);
    trace.say(() -> fault + " strikes " + host);
    return Optional.of(host);
  }
}
