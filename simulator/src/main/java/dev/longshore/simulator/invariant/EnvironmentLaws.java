package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.HostId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many vCPUs an environment has ({@code batch-semantics} 17.5): the maximum is exceeded by the
 * last instance at most, and when nothing is left to do there is what the minimum asks for, and no
 * instance more.
 */
final class EnvironmentLaws {
  /**
   * A launch that was decided is carried out with its intent, though the maximum was lowered in
   * between; a round that lost its process is repeated within this time.
   */
  private static final long DECIDED_MILLIS = 600_000;

  private final TaskLaws tasks;
  private final Map<String, List<Limits>> limits = new HashMap<>();

  /** Limits of an environment from this time on. */
  private record Limits(long since, int min, int max) {}

  EnvironmentLaws(TaskLaws tasks) {
    this.tasks = tasks;
  }

  void stored(ComputeEnvironment after, long now) {
    Managed managed = after.managed();
    if (managed != null) {
      limits
          .computeIfAbsent(after.name(), _ -> new ArrayList<>())
          .add(new Limits(now, managed.minVcpus(), managed.maxVcpus()));
    }
  }

  void removed(String environment, long now) {
    limits.computeIfAbsent(environment, _ -> new ArrayList<>()).add(new Limits(now, 0, 0));
  }

  /**
   * One host may go beyond the maximum, no further one. Those of one decision come in any order, so
   * it is the largest that is left out.
   */
  void launches(HostId host, int vcpus, long now) {
    List<Limits> all = limits.getOrDefault(host.environment(), List.of());
    int max = 0;
    for (int i = 0; i < all.size(); i++) {
      boolean lately = i + 1 == all.size() || all.get(i + 1).since() > now - DECIDED_MILLIS;
      max = lately ? Math.max(max, all.get(i).max()) : max;
    }
    int there = tasks.vcpus(host.environment());
    int largest =
        tasks.alive().stream()
            .filter(other -> other.environment().equals(host.environment()))
            .mapToInt(tasks::vcpus)
            .reduce(vcpus, Math::max);
    unless(
        there + vcpus - largest < max,
        Law.VCPUS_WITHIN_MAXIMUM,
        "%s with %d is launched, though %d of %d vCPUs are there"
            .formatted(host, vcpus, there, max));
  }

  /** True when each environment has its minimum and could do without none of its hosts. */
  boolean atRest() {
    return tasks.alive().stream().allMatch(this::isNeeded)
        && limits.keySet().stream().allMatch(name -> tasks.vcpus(name) >= min(name));
  }

  private boolean isNeeded(HostId host) {
    String name = host.environment();
    return tasks.vcpus(name) - tasks.vcpus(host) < min(name);
  }

  private int min(String environment) {
    List<Limits> all = limits.getOrDefault(environment, List.of());
    return all.isEmpty() ? 0 : all.getLast().min();
  }

  void atTheEnd() {
    for (String name : limits.keySet()) {
      int there = tasks.vcpus(name);
      unless(
          there >= min(name),
          Law.MINIMUM_IS_KEPT,
          "%s has %d vCPUs, its minimum is %d".formatted(name, there, min(name)));
    }
    for (HostId host : tasks.alive()) {
      unless(isNeeded(host), Law.NO_HOST_LEFT, host + " is still there for nothing");
    }
  }
}
