package dev.longshore.simulator.world;

import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.usecase.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Instances: launched once per token, up after a while or never, gone when told or by fate. */
public final class Machines implements HostLauncher {
  /** Longer than any run. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final long NOTICE_MILLIS = 120_000;
  private static final Machine NONE = new Machine("", Shape.NONE, false);
  private static final long BOOT_MILLIS = 40_000;
  private static final long SLOW_BOOT_MILLIS = 500_000;

  private final Agenda agenda;
  private final Faults faults;
  private final Events events;
  private final InstanceTypes types;
  private final Set<HostId> up;
  private final Tasks tasks;
  private final Reality reality;
  private final Contact contact;
  private final Map<String, Launched> launches = new HashMap<>();
  private final TreeMap<HostId, Machine> machines = new TreeMap<>();

  /** Environments whose last instance never registers. */
  private final Set<String> lost = new HashSet<>();

  private int instances;

  /** An instance that exists. */
  private static final class Machine {
    private final String instanceType;
    private final Shape capacity;

    private final boolean spot;

    private Machine(String instanceType, Shape capacity, boolean spot) {
      this.instanceType = instanceType;
      this.capacity = capacity;
      this.spot = spot;
    }
  }

  /**
   * No machines yet.
   *
   * @param tasks what runs on them
   * @param reality hears of launches and of hosts that are gone
   */
  public Machines(
      Agenda agenda,
      Faults faults,
      Events events,
      InstanceTypes types,
      Tasks tasks,
      Reality reality) {
    this.agenda = agenda;
    this.faults = faults;
    this.events = events;
    this.types = types;
    this.up = tasks.up();
    this.contact = tasks.contact();
    this.tasks = tasks;
    this.reality = reality;
  }

  @Override
  public Launched launch(Launch launch) {
    Launched before = launches.get(launch.token());
    if (before != null) {
      return before;
    }
    int count = launch.count();
    String shortage = "";
    if (faults.strikes(Fault.SHORTAGE)) {
      count = faults.chance().between(0, count - 1);
      shortage = "InsufficientInstanceCapacity: no " + launch.instanceType() + " just now";
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(boot(launch));
    }
    Launched launched = new Launched(ids, shortage);
    launches.put(launch.token(), launched);
    return launched;
  }

  private String boot(Launch launch) {
    Shape capacity = types.find(launch.instanceType()).orElseThrow().usable();
    HostId host = new HostId(launch.environment(), "i-%08x".formatted(++instances));
    machines.put(
        host, new Machine(launch.instanceType(), capacity, launch.market() == Market.SPOT));
    reality.hostLaunched(host, capacity);
    // Who sees launch after launch fail mends the environment; here nobody does.
    boolean joins = lost.remove(launch.environment()) || !faults.strikes(Fault.NEVER_REGISTERS);
    if (!joins) {
      lost.add(launch.environment());
    } else {
      long most = faults.strikes(Fault.SLOW_BOOT) ? SLOW_BOOT_MILLIS : BOOT_MILLIS;
      agenda.in(faults.chance().between(5_000, most), "up " + host, () -> up(host));
    }
    return host.instance();
  }

  private void up(HostId host) {
    Machine machine = machines.get(host);
    if (machine != null) {
      up.add(host);
      events.tell(
          new Observation.HostActive(
              host, "ci-" + host.instance(), machine.instanceType, machine.capacity, agenda.now()));
    }
  }

  @Override
  public void terminate(HostId host) {
    if (machines.containsKey(host)) {
      reality.hostTerminated(host);
      vanish(host);
    }
  }

  /** Hosts that registered and are in contact; {@code spotOnly} leaves out those that are kept. */
  List<HostId> up(boolean spotOnly) {
    return up.stream()
        .filter(host -> !contact.isOut(host))
        .filter(host -> !spotOnly || machines.getOrDefault(host, NONE).spot)
        .toList();
  }

  /** It ends two minutes from now, and the service is told. */
  public void isReclaimed(HostId host) {
    up.remove(host);
    events.tell(new Observation.HostReclaimed(host, agenda.now()));
    agenda.in(NOTICE_MILLIS, "reclaimed " + host, () -> vanish(host));
  }

  /** Its tasks go on, but nobody hears of them for so long, or {@link #FOREVER}. */
  public void losesContact(HostId host, long millis) {
    contact.lose(host);
    reality.contactLost(host);
    events.tell(new Observation.HostUnreachable(host));
    if (millis != FOREVER) {
      agenda.in(millis, "back " + host, () -> back(host));
    }
  }

  private void back(HostId host) {
    if (machines.containsKey(host)) {
      contact.back(host);
      up(host);
    }
  }

  /** A host dies, all that runs on it with it; its event may or may not come. */
  public void dies(HostId host) {
    vanish(host);
  }

  private void vanish(HostId host) {
    if (machines.remove(host) != null) {
      up.remove(host);
      contact.forget(host);
      reality.hostGone(host);
      tasks.hostGone(host);
      events.tell(new Observation.HostGone(host));
    }
  }

  @Override
  public Set<String> instances(String environment) {
    return machines.keySet().stream()
        .filter(host -> host.environment().equals(environment))
        .map(HostId::instance)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
