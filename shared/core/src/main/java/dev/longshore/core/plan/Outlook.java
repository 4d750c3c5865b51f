package dev.longshore.core.plan;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.EnvironmentLook.Verdict;
import dev.longshore.core.plan.Explanations.Why;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one environment says to jobs of a shape that found no room in it. */
final class Outlook {
  private Outlook() {}

  /** A verdict in words. */
  record Said(Verdict verdict, String detail) {}

  /** Of an environment that takes jobs and may once take this one, apart from launches. */
  static Said of(Supply supply, Shape shape) {
    if (supply.environment().managed() == null) {
      return unmanaged(supply, shape);
    }
    String name = supply.name();
    int max = supply.maxVcpus();
    if (supply.fitting(shape).stream().noneMatch(type -> supply.allows(type, shape))) {
      if (supply.hasHostFor(shape)) {
        return new Said(Verdict.BUSY, "the hosts of " + name + " that are large enough are busy");
      }
      return max == 0
          ? new Said(Verdict.PAUSED, name + " is paused by maxvCpus 0")
          : new Said(Verdict.TYPES_UNKNOWN, "the instance types of " + name + " are not known");
    }
    if (shortage(supply, shape).isPresent()) {
      return new Said(Verdict.SHORTAGE, "no instances to be had for " + name);
    }
    boolean grows =
        supply.fitting(shape).stream()
            .anyMatch(type ->
                supply.mayExceed()
                    ? supply.vcpus() < max
                    : supply.vcpus() + type.usable().vcpus() <= max);
    return grows
        ? new Said(Verdict.ABOUT_TO_LAUNCH, "instances are about to be launched in " + name)
        : new Said(Verdict.AT_MAXIMUM, name + " is busy and at its maximum of " + max + " vCPUs");
  }

  private static Said unmanaged(Supply supply, Shape shape) {
    String name = supply.name();
    if (supply.hasHostFor(shape)) {
      return new Said(Verdict.BUSY, "the hosts of " + name + " are busy");
    }
    boolean none = supply.hosts().stream().noneMatch(host -> host.state() == State.ACTIVE);
    return new Said(
        Verdict.NO_HOST,
        none
            ? name + " is unmanaged and has no host: register a container instance in its cluster"
            : "no host of "
                + name
                + " is large enough: register one with at least "
                + Misfit.words(shape));
  }

  /** How many fitting hosts are on their way. */
  static String launching(Supply supply, Shape shape) {
    return launching(supply, supply.launching(shape));
  }

  /** That so many hosts are on their way. */
  static String launching(Supply supply, int count) {
    return count + (count == 1 ? " instance" : " instances") + " launching in " + supply.name();
  }

  /** The shortage that keeps this environment from launching a host for this shape, if any. */
  static Optional<Fleet.Shortage> shortage(Supply supply, Shape shape) {
    List<InstanceType> fitting =
        supply.fitting(shape).stream()
            .filter(type -> supply.allows(type, shape))
            .sorted(
                Comparator.comparingDouble(InstanceType::hourlyPrice)
                    .thenComparing(InstanceType::name))
            .toList();
    List<InstanceType> missing = fitting.stream().filter(supply::isShort).toList();
    boolean blocked =
        supply.isBestFitOnly()
            ? !missing.isEmpty()
            : !missing.isEmpty() && missing.size() == fitting.size();
    return blocked
        ? supply.fleet().shortages().stream()
            .filter(it -> it.instanceType().equals(missing.getFirst().name()))
            .findFirst()
        : Optional.empty();
  }

  /** Why an environment that takes no jobs takes none. */
  static String closedBecause(ComputeEnvironment environment) {
    return closed(environment).detail();
  }

  private static Said closed(ComputeEnvironment environment) {
    return switch (environment.status()) {
      case CREATING -> new Said(Verdict.BEING_CREATED, "is being created");
      case DELETING, DELETED -> new Said(Verdict.BEING_DELETED, "is being deleted");
      case INVALID -> new Said(Verdict.INVALID, "is invalid");
      case VALID, UPDATING -> new Said(Verdict.DISABLED, "is disabled");
    };
  }

  /** The whole look, from what is proved to what merely is so now. */
  static EnvironmentLook look(Supply supply, Shape shape) {
    return look(supply, said(supply, shape), supply.launching(shape), supply.launchingSince(shape));
  }

  static EnvironmentLook look(Supply supply, Said said, int launching, long launchingSince) {
    return new EnvironmentLook(
        supply.name(),
        said.verdict(),
        said.detail(),
        launching,
        launchingSince,
        supply.vcpus(),
        supply.maxVcpus());
  }

  /** That it never takes a job, proved by this reason. */
  static Said never(Why why) {
    boolean above = why.reason() == Reason.COMPUTE_ENVIRONMENT_MAX_RESOURCE;
    return new Said(above ? Verdict.ABOVE_MAXIMUM : Verdict.NOTHING_FITS, why.detail());
  }

  /** Why an environment that takes no jobs takes none, with its name and what is wrong with it. */
  static Said shut(Supply supply) {
    ComputeEnvironment environment = supply.environment();
    Said closed = closed(environment);
    String reason = closed.verdict() == Verdict.INVALID ? ": " + environment.statusReason() : "";
    return new Said(closed.verdict(), supply.name() + " " + closed.detail() + reason);
  }

  private static Said said(Supply supply, Shape shape) {
    if (!supply.couldTake(shape)) {
      return never(Misfit.explain(List.of(supply), shape));
    }
    if (!supply.environment().takesJobs()) {
      return shut(supply);
    }
    Optional<Host> roomy =
        supply.hosts().stream()
            .filter(host -> host.state() == State.ACTIVE && shape.fitsInto(host.free()))
            .findFirst();
    if (roomy.isPresent()) {
      return new Said(
          Verdict.HAS_ROOM,
          roomy.get().id().instance() + " has room; jobs that were there earlier come first");
    }
    return supply.launching(shape) > 0
        ? new Said(Verdict.LAUNCHING, launching(supply, shape))
        : of(supply, shape);
  }
}
