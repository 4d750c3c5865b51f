package dev.longshore.core.plan;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says why the jobs of one queue wait. It answers once per shape, from what changes only when
 * something happens, so the text stays the same from round to round.
 */
final class Explanations {

  /** A reason without the jobs it is for. */
  record Why(Reason reason, String detail) {}

  private final List<Supply> supplies;
  private final Map<Shape, Why> byShape = new HashMap<>();

  /** Environments for whose room jobs earlier in the line wait. */
  private final Set<String> contended = new LinkedHashSet<>();

  /** For a queue with these environments, in its order. */
  Explanations(List<Supply> supplies) {
    this.supplies = supplies;
  }

  /** Why a job of this shape was not placed. The first shape asked for is the head of the line. */
  Why of(Shape shape) {
    Why known = byShape.get(shape);
    if (known == null) {
      known = explain(shape);
      byShape.put(shape, known);
    }
    return known;
  }

  private Why explain(Shape shape) {
    if (supplies.isEmpty()) {
      return new Why(Reason.ENVIRONMENT_DISABLED, "the queue has no compute environment");
    }
    if (allInvalid(supplies)) {
      return invalid(supplies);
    }
    List<Supply> able = supplies.stream().filter(supply -> supply.couldTake(shape)).toList();
    if (able.isEmpty()) {
      return Misfit.explain(supplies, shape);
    }
    List<Supply> open = able.stream().filter(it -> it.environment().takesJobs()).toList();
    if (open.isEmpty()) {
      return closed(able);
    }
    Why own = waitForRoom(open, shape);
    List<String> names = open.stream().map(Supply::name).filter(contended::contains).toList();
    open.forEach(supply -> contended.add(supply.name()));
    return names.isEmpty()
        ? own
        : new Why(
            Reason.QUEUE_POSITION,
            "earlier jobs of this queue wait for room in " + String.join(", ", names));
  }

  private static boolean allInvalid(List<Supply> supplies) {
    return supplies.stream().allMatch(it -> it.environment().status() == ResourceStatus.INVALID);
  }

  private static Why invalid(List<Supply> supplies) {
    String reasons =
        supplies.stream()
            .map(it -> it.name() + ": " + it.environment().statusReason())
            .collect(Collectors.joining("; "));
    return new Why(Reason.ENVIRONMENTS_INVALID, reasons);
  }

  private static Why closed(List<Supply> able) {
    if (allInvalid(able)) {
      return invalid(able);
    }
    String states =
        able.stream()
            .map(it -> it.name() + " " + closedBecause(it.environment()))
            .collect(Collectors.joining("; "));
    boolean coming =
        able.stream()
            .map(Supply::environment)
            .anyMatch(it -> it.enabled() && it.status() == ResourceStatus.CREATING);
    return new Why(coming ? Reason.CAPACITY : Reason.ENVIRONMENT_DISABLED, states);
  }

  private static String closedBecause(ComputeEnvironment environment) {
    return switch (environment.status()) {
      case CREATING -> "is being created";
      case DELETING, DELETED -> "is being deleted";
      case INVALID -> "is invalid";
      case VALID, UPDATING -> "is disabled";
    };
  }

  private static Why waitForRoom(List<Supply> open, Shape shape) {
    List<String> launching = new ArrayList<>();
    for (Supply supply : open) {
      int count = supply.launching(shape);
      if (count > 0) {
        launching.add(
            count + (count == 1 ? " instance" : " instances") + " launching in " + supply.name());
      }
    }
    if (!launching.isEmpty()) {
      return new Why(Reason.CAPACITY, String.join("; ", launching));
    }
    List<Fleet.Shortage> shortages = new ArrayList<>();
    for (Supply supply : open) {
      shortage(supply, shape).ifPresent(shortages::add);
    }
    if (shortages.size() == open.size()) {
      return new Why(
          Reason.INSUFFICIENT_INSTANCE_CAPACITY, "[" + shortages.getFirst().instanceType() + "]");
    }
    return new Why(
        Reason.CAPACITY,
        open.stream().map(it -> state(it, shape)).collect(Collectors.joining("; ")));
  }

  /** The shortage that keeps this environment from launching a host for this shape, if any. */
  private static Optional<Fleet.Shortage> shortage(Supply supply, Shape shape) {
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

  private static String state(Supply supply, Shape shape) {
    if (supply.environment().managed() == null) {
      return unmanaged(supply, shape);
    }
    String name = supply.name();
    int max = supply.maxVcpus();
    if (supply.fitting(shape).stream().noneMatch(type -> supply.allows(type, shape))) {
      if (supply.hasHostFor(shape)) {
        return "the hosts of " + name + " that are large enough are busy";
      }
      return max == 0 ? name + " is paused by maxvCpus 0" : unknownTypes(name);
    }
    if (shortage(supply, shape).isPresent()) {
      return "no instances to be had for " + name;
    }
    boolean grows =
        supply.fitting(shape).stream()
            .anyMatch(type ->
                supply.mayExceed()
                    ? supply.vcpus() < max
                    : supply.vcpus() + type.usable().vcpus() <= max);
    return grows
        ? "instances are about to be launched in " + name
        : name + " is busy and at its maximum of " + max + " vCPUs";
  }

  private static String unknownTypes(String name) {
    return "the instance types of " + name + " are not known";
  }

  private static String unmanaged(Supply supply, Shape shape) {
    String name = supply.name();
    if (supply.hasHostFor(shape)) {
      return "the hosts of " + name + " are busy";
    }
    boolean none = supply.hosts().stream().noneMatch(host -> host.state() == State.ACTIVE);
    return none
        ? name + " is unmanaged and has no host: register a container instance in its cluster"
        : "no host of "
            + name
            + " is large enough: register one with at least "
            + Misfit.words(shape);
  }
}
