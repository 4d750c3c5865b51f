package dev.longshore.functions.telemetry;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.ShareBook.Share;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.functions.telemetry.Metric.Unit;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What is there at a moment: of each environment hosts, vCPUs and vCPUs in use, of each queue the
 * age of its oldest RUNNABLE job. Of what is empty nothing is reported. It only reads.
 */
public final class Gauges {
  private final JobStore jobs;
  private final HostStore hosts;
  private final CatalogStore catalog;
  private final MetricLines metrics;
  private final InstantSource clock;

  public Gauges(
      JobStore jobs, HostStore hosts, CatalogStore catalog, JsonLines lines, InstantSource clock) {
    this.jobs = jobs;
    this.hosts = hosts;
    this.catalog = catalog;
    this.metrics = new MetricLines(lines);
    this.clock = clock;
  }

  /** Reports all of it. */
  public void report() {
    long now = clock.millis();
    for (ComputeEnvironment environment : catalog.environments()) {
      metrics.write("ComputeEnvironment", environment.name(), capacity(environment.name()), now);
    }
    for (JobQueue queue : catalog.queues()) {
      List<Metric> age = new ArrayList<>();
      oldest(queue.name())
          .ifPresent(at -> age.add(new Metric("QueueAge", Unit.SECONDS, (now - at) / 1000.0)));
      metrics.write("Queue", queue.name(), age, now);
    }
  }

  private List<Metric> capacity(String environment) {
    int there = 0;
    int vcpus = 0;
    int used = 0;
    for (Host host : hosts.hosts(environment)) {
      if (host.state() != Host.State.GONE) {
        there++;
        vcpus += host.capacity().vcpus();
        used +=
            host.reservations().stream().map(Reservation::shape).mapToInt(it -> it.vcpus()).sum();
      }
    }
    return there == 0
        ? List.of()
        : List.of(
            new Metric("Hosts", Unit.COUNT, there),
            new Metric("CapacityVcpus", Unit.COUNT, vcpus),
            new Metric("UsedVcpus", Unit.COUNT, used));
  }

  private OptionalLong oldest(String queue) {
    return lanes(queue)
        .flatMap(lane -> jobs.line(lane, null, false, 1).stream())
        .mapToLong(LineEntry::createdAt)
        .min();
  }

  private Stream<LaneKey> lanes(String queue) {
    Stream<LaneKey> parted =
        catalog.shares(queue).shares().stream().flatMap(share -> lanes(queue, share));
    return Stream.concat(Stream.of(LaneKey.whole(queue, Lane.RUNNABLE)), parted);
  }

  private static Stream<LaneKey> lanes(String queue, Share share) {
    return share.priorities().keySet().stream()
        .map(priority -> LaneKey.of(queue, Lane.RUNNABLE, share.name(), priority));
  }
}
