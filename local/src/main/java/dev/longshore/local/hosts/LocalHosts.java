package dev.longshore.local.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import dev.longshore.local.events.EcsEvents;
import dev.longshore.local.events.EventSink;
import dev.longshore.local.timers.Delays;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Hosts of local mode: envelopes of declared size, as many as the declared total has room for. A
 * host registers by an event once its boot delay is over. Envelopes are as old as their records: a
 * restarted service takes them over ({@link #restore}).
 */
public final class LocalHosts implements HostLauncher, AutoCloseable {
  private final Shape total;
  private final Duration bootDelay;
  private final InstanceTypes types;
  private final EventSink events;
  private final Consumer<HostId> evict;
  private final InstantSource clock;
  private final Map<HostId, Envelope> envelopes = new LinkedHashMap<>();
  private final Delays boots = new Delays("boots");

  /**
   * No hosts yet.
   *
   * @param total what all hosts together may have
   * @param bootDelay from launch to registration
   * @param evict ends the tasks of a host
   */
  public LocalHosts(
      Shape total,
      Duration bootDelay,
      InstanceTypes types,
      EventSink events,
      Consumer<HostId> evict,
      InstantSource clock) {
    this.total = total;
    this.bootDelay = bootDelay;
    this.types = types;
    this.events = events;
    this.evict = evict;
    this.clock = clock;
  }

  private record Envelope(String type, Shape capacity) {}

  /** ECS container instance ID of an instance: 32 hexadecimal digits, always the same. */
  public static String containerInstanceOf(String instance) {
    byte[] name = ("longshore:" + instance).getBytes(UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }

  /** Takes over the recorded hosts of an earlier run; those that were booting boot on. */
  public void restore(Collection<Host> hosts) {
    for (Host host : hosts) {
      boolean ours = !host.instanceType().isEmpty() && host.state() != Host.State.GONE;
      if (ours) {
        synchronized (this) {
          envelopes.put(host.id(), new Envelope(host.instanceType(), host.capacity()));
        }
        if (host.state() == Host.State.BOOTING) {
          boot(host.id(), host.launchedAt() + bootDelay.toMillis() - clock.millis());
        }
      }
    }
  }

  /** True when the host exists. */
  public synchronized boolean exists(HostId host) {
    return envelopes.containsKey(host);
  }

  @Override
  public Launched launch(Launch launch) {
    List<String> instances = new ArrayList<>();
    String shortage = "";
    for (int i = 0; i < launch.count() && shortage.isEmpty(); i++) {
      HostId host = new HostId(launch.environment(), instanceOf(launch.token(), i));
      shortage = add(host, launch.instanceType());
      if (shortage.isEmpty()) {
        instances.add(host.instance());
      }
    }
    return new Launched(instances, shortage);
  }

  /** Adds a host, if it is not there; says what is in the way, empty when nothing is. */
  private String add(HostId host, String typeName) {
    Optional<InstanceType> type = types.find(typeName);
    if (type.isEmpty()) {
      return "There is no instance type " + typeName + ".";
    }
    Shape capacity = type.get().usable();
    synchronized (this) {
      if (envelopes.containsKey(host)) {
        return "";
      }
      Shape free = free();
      if (!capacity.fitsInto(free)) {
        return ("This machine has %d vCPUs, %d MiB and %d GPUs left for hosts;"
                + " %s needs %d, %d and %d.")
            .formatted(
                Math.max(0, free.vcpus()),
                Math.max(0, free.memoryMib()),
                Math.max(0, free.gpus()),
                typeName,
                capacity.vcpus(),
                capacity.memoryMib(),
                capacity.gpus());
      }
      envelopes.put(host, new Envelope(typeName, capacity));
    }
    boot(host, bootDelay.toMillis());
    return "";
  }

  private Shape free() {
    Shape free = total;
    for (Envelope envelope : envelopes.values()) {
      free = free.minus(envelope.capacity);
    }
    return free;
  }

  private void boot(HostId host, long millis) {
    boots.after(Duration.ofMillis(Math.max(0, millis)), () -> register(host));
  }

  private void register(HostId host) {
    Envelope envelope;
    synchronized (this) {
      envelope = envelopes.get(host);
    }
    if (envelope != null) {
      String containerInstance = containerInstanceOf(host.instance());
      events.send(
          EcsEvents.hostActive(host, containerInstance, envelope.type, envelope.capacity),
          () -> {});
    }
  }

  @Override
  public void terminate(HostId host) {
    Envelope envelope;
    synchronized (this) {
      envelope = envelopes.remove(host);
    }
    if (envelope != null) {
      evict.accept(host);
      events.send(EcsEvents.hostGone(host, containerInstanceOf(host.instance())), () -> {});
    }
  }

  @Override
  public synchronized Set<String> instances(String environment) {
    return envelopes.keySet().stream()
        .filter(host -> host.environment().equals(environment))
        .map(HostId::instance)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void close() {
    boots.close();
  }

  /** The same token launches the same instances, over restarts, too. */
  private static String instanceOf(String token, int number) {
    byte[] name = (token + "#" + number).getBytes(UTF_8);
    return "i-" + UUID.nameUUIDFromBytes(name).toString().replace("-", "").substring(0, 17);
  }
}
