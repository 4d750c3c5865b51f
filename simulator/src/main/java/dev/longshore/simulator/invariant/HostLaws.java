package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.Shape;
import org.jspecify.annotations.Nullable;

/** What a stored change of a host, or a launch, may be. */
final class HostLaws {
  private final Shadow shadow;
  private final TaskLaws tasks;
  private final NodeLaws nodes;

  HostLaws(Shadow shadow, TaskLaws tasks, NodeLaws nodes) {
    this.shadow = shadow;
    this.tasks = tasks;
    this.nodes = nodes;
  }

  void stored(@Nullable Host before, Host after) {
    unless(
        Shape.NONE.fitsInto(after.free()),
        Law.NO_HOST_OVERSUBSCRIBED,
        "more is taken than there is: " + after);
    nodes.stored(after);
    if (before == null) {
      return;
    }
    for (Reservation reservation : before.reservations()) {
      if (!after.reservations().contains(reservation)) {
        boolean held =
            shadow
                .job(reservation.attempt().key())
                .filter(job -> job.holds(after.id(), reservation))
                .isPresent();
        unless(
            !held && !nodes.isDue(after.id(), reservation),
            Law.RELEASED_ONCE,
            "room of a live attempt was given back: " + reservation);
      }
    }
  }

  /** The service ends a host: never under a task, unless it was out of contact for too long. */
  void terminated(HostId id) {
    boolean given = shadow.host(id).filter(host -> host.state() != Host.State.LOST).isPresent();
    unless(
        !given || tasks.liveOn(id).isEmpty(),
        Law.NO_HOST_TAKEN_FROM_A_TASK,
        id + " is terminated under " + tasks.liveOn(id));
  }

  /** True when the recorded hosts are those that are there, and they take jobs. */
  boolean atRest() {
    return tasks.alive().size() == shadow.hosts().size()
        && shadow.hosts().stream()
            .allMatch(host ->
                host.state() == Host.State.ACTIVE
                    && host.reservations().isEmpty()
                    && tasks.alive().contains(host.id()));
  }

  void atTheEnd(Host host) {
    unless(host.reservations().isEmpty(), Law.RELEASED_ONCE, "all is over, but taken is: " + host);
  }
}
