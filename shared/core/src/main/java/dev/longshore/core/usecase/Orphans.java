package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Room that is taken for an attempt that its job does not carry: a dispatch was cut off between its
 * writes ({@code data-model} 3, 5).
 */
final class Orphans {
  private static final int TRIES = 8;

  private final JobStore jobs;
  private final HostStore hosts;

  Orphans(JobStore jobs, HostStore hosts) {
    this.jobs = jobs;
    this.hosts = hosts;
  }

  /**
   * Puts the item of a child that its page says was handed over, as the dispatch would have; empty
   * when that is not what happened.
   */
  Optional<Job> goOn(Host host, Reservation reservation) {
    JobKey key = reservation.attempt().key();
    if (key.member() != JobKey.Member.CHILD || !handedOverWithoutItem(key)) {
      return Optional.empty();
    }
    Job parent = jobs.find(JobKey.whole(key.job())).orElseThrow();
    if (parent.stop() != null
        || reservation.attempt().attempt() != 1
        || reservation.attempt().dispatch() != 0) {
      return Optional.empty();
    }
    String containerInstance = host.containerInstance();
    Dispatch dispatch =
        new Dispatch(
            host.id(),
            containerInstance == null ? host.id().instance() : containerInstance,
            1,
            0,
            reservation.placedAtMinute() * 60_000L);
    Job child =
        new Job(key, parent.spec(), new JobState.Starting(dispatch, null), List.of(), 1, null, 2);
    return jobs.createChild(child) ? Optional.of(child) : Optional.empty();
  }

  /** Gives the room back, after the child's page says again that it waits. */
  void giveBack(Host host, Reservation reservation, long now) {
    JobKey key = reservation.attempt().key();
    if (key.member() == JobKey.Member.CHILD) {
      endIfStopped(key);
      // While the room is taken nobody else places this child; once another sweep gave it back,
      // a hand-over in the page may be a new one.
      repairPage(key, () -> isTaken(host.id(), reservation));
    }
    hosts.release(host.id(), Set.of(reservation), now);
  }

  /** A child without an item whose array was told to stop has missed the closing of its page. */
  private void endIfStopped(JobKey key) {
    Job parent = jobs.find(JobKey.whole(key.job())).orElse(null);
    if (parent != null && parent.stop() != null && handedOverWithoutItem(key)) {
      jobs.createChild(StopJob.endedUnstarted(key, parent.spec(), parent.stop()));
    }
  }

  private boolean handedOverWithoutItem(JobKey key) {
    return jobs.page(key.job(), key.index() / ArrayPage.SIZE)
            .filter(page -> page.state(key.index()) == ChildState.HANDED_OVER)
            .isPresent()
        && jobs.find(key).isEmpty();
  }

  private boolean isTaken(HostId host, Reservation reservation) {
    return hosts.find(host).filter(found -> found.reservations().contains(reservation)).isPresent();
  }

  /** Makes the page say what the item of this child, which has one, says. */
  void repairPage(JobKey key) {
    repairPage(key, () -> true);
  }

  /** Makes the page say what the child's item says, or that it was never handed over. */
  private void repairPage(JobKey key, BooleanSupplier stillOurs) {
    JobId parent = key.job();
    int number = key.index() / ArrayPage.SIZE;
    for (int tries = 0; tries < TRIES; tries++) {
      ArrayPage page = jobs.page(parent, number).orElse(null);
      if (page == null || !page.state(key.index()).hasItem() || !stillOurs.getAsBoolean()) {
        return;
      }
      ChildState truth = jobs.find(key).map(ArrayFamily::stateOf).orElse(ChildState.RUNNABLE);
      ArrayPage repaired = page.with((index, state) -> index == key.index() ? truth : state);
      if (!repaired.differsFrom(page) || jobs.savePage(repaired)) {
        return;
      }
    }
  }
}
