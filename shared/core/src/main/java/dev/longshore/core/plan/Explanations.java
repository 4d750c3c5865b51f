package dev.longshore.core.plan;

import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  static Why closed(List<Supply> able) {
    if (allInvalid(able)) {
      return invalid(able);
    }
    String states =
        able.stream()
            .map(it -> it.name() + " " + Outlook.closedBecause(it.environment()))
            .collect(Collectors.joining("; "));
    boolean coming =
        able.stream()
            .map(Supply::environment)
            .anyMatch(it -> it.enabled() && it.status() == ResourceStatus.CREATING);
    return new Why(coming ? Reason.CAPACITY : Reason.ENVIRONMENT_DISABLED, states);
  }

  private static Why waitForRoom(List<Supply> open, Shape shape) {
    List<String> launching = new ArrayList<>();
    for (Supply supply : open) {
      if (supply.launching(shape) > 0) {
        launching.add(Outlook.launching(supply, shape));
      }
    }
    if (!launching.isEmpty()) {
      return new Why(Reason.CAPACITY, String.join("; ", launching));
    }
    List<Fleet.Shortage> shortages = new ArrayList<>();
    for (Supply supply : open) {
      Outlook.shortage(supply, shape).ifPresent(shortages::add);
    }
    if (shortages.size() == open.size()) {
      return new Why(
          Reason.INSUFFICIENT_INSTANCE_CAPACITY, "[" + shortages.getFirst().instanceType() + "]");
    }
    return new Why(
        Reason.CAPACITY,
        open.stream().map(it -> Outlook.of(it, shape).detail()).collect(Collectors.joining("; ")));
  }
}
