package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.SMALL;
import static dev.longshore.core.port.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link HostStore} keeps. */
public abstract class HostStoreContract {
  private static final HostId ID = new HostId("env", "i-0123456789abcdef0");
  private static final Host BOOTING =
      new Host(ID, State.BOOTING, "m6i.large", new Shape(2, 7_680, 0), null, NOW, 0, Set.of(), 1);
  private static final Reservation A = reservation(1);
  private static final Reservation B = reservation(2);

  private HostStore store;

  /** An empty store. */
  protected abstract HostStore newStore();

  @BeforeEach
  void makeStore() {
    store = newStore();
  }

  private static Reservation reservation(int number) {
    AttemptKey key = new AttemptKey(JobKey.whole(id(number)), 1, 0);
    return new Reservation(key, SMALL, (int) (NOW / 60_000), 0);
  }

  private static Host changed(Host before, State state) {
    return new Host(
        before.id(),
        state,
        before.instanceType(),
        before.capacity(),
        before.containerInstance(),
        before.launchedAt(),
        before.lastReleasedAt(),
        before.reservations(),
        before.version() + 1);
  }

  private static Host with(Host host, Set<Reservation> reservations, long released, long version) {
    return new Host(
        host.id(),
        host.state(),
        host.instanceType(),
        host.capacity(),
        host.containerInstance(),
        host.launchedAt(),
        released,
        reservations,
        version);
  }

  /** Stored, ACTIVE, version 2. */
  private Host active() {
    assertThat(store.create(BOOTING)).isTrue();
    Host active =
        new Host(
            ID,
            State.ACTIVE,
            "m6i.large",
            new Shape(2, 7_712, 1),
            "0f5c9ad2b1d64d0a8c1d2e3f4a5b6c7d",
            NOW,
            0,
            Set.of(),
            2);
    assertThat(store.save(active)).isTrue();
    return active;
  }

  @Test
  @DisplayName("A host comes back as it was created, and what it is as it was saved")
  void comesBack() {
    assertThat(store.find(ID)).isEmpty();
    assertThat(store.create(BOOTING)).isTrue();
    assertThat(store.find(ID)).contains(BOOTING);
    Host odd =
        new Host(
            ID, State.GONE, "local", new Shape(64, 1_000_000, 8), "Odd/1", NOW, 0, Set.of(), 2);
    assertThat(store.save(odd)).isTrue();
    assertThat(store.find(ID)).contains(odd);
  }

  @Test
  @DisplayName("Creating a host that is there is refused and changes nothing")
  void createIsRefused() {
    Host active = active();
    assertThat(store.create(BOOTING)).isFalse();
    assertThat(store.find(ID)).contains(active);
  }

  @Test
  @DisplayName("Hosts are listed by environment")
  void listsByEnvironment() {
    Host active = active();
    HostId second = new HostId("env", "i-2");
    Host other = new Host(second, State.ACTIVE, "c6i.large", SMALL, "ci", NOW, 0, Set.of(), 1);
    HostId elsewhere = new HostId("env-2", "i-3");
    Host far = new Host(elsewhere, State.ACTIVE, "c6i.large", SMALL, "ci", NOW, 0, Set.of(), 1);
    assertThat(store.create(other)).isTrue();
    assertThat(store.create(far)).isTrue();
    assertThat(store.saveFleet(new Fleet("env", List.of(), List.of(), 1))).isTrue();
    assertThat(store.hosts("env")).containsExactlyInAnyOrder(active, other);
    assertThat(store.hosts("env-2")).containsExactly(far);
    assertThat(store.hosts("env-3")).isEmpty();
  }

  @Test
  @DisplayName("A save is refused unless exactly the version before it is stored")
  void saveIsConditional() {
    Host active = active();
    Host draining = changed(active, State.DRAINING);
    assertThat(store.save(changed(draining, State.GONE))).as("skips a version").isFalse();
    assertThat(store.save(draining)).isTrue();
    assertThat(store.save(draining)).as("repeated").isFalse();
    assertThat(store.find(ID)).contains(draining);
    HostId missing = new HostId("env", "i-none");
    Host none = new Host(missing, State.GONE, "x", SMALL, null, NOW, 0, Set.of(), 1);
    assertThat(store.save(changed(none, State.GONE))).isFalse();
    assertThat(store.find(missing)).isEmpty();
  }

  @Test
  @DisplayName("A save leaves reservations and the last release as they are stored")
  void saveKeepsWhatIsTaken() {
    Host active = active();
    assertThat(store.reserve(ID, 2, Set.of(A, B))).isTrue();
    store.release(ID, Set.of(B), NOW + 5);
    Host stale = with(changed(active, State.DRAINING), Set.of(), 0, 4);
    assertThat(store.save(stale)).isTrue();
    assertThat(store.find(ID)).contains(with(stale, Set.of(A), NOW + 5, 4));
  }

  @Test
  @DisplayName("saveIfEmpty is refused while something is reserved, and when the version moved")
  void drainsOnlyEmptyHosts() {
    Host active = active();
    assertThat(store.reserve(ID, 2, Set.of(A))).isTrue();
    Host draining = with(changed(active, State.DRAINING), Set.of(), 0, 4);
    assertThat(store.saveIfEmpty(draining)).isFalse();
    store.release(ID, Set.of(A), NOW + 1);
    assertThat(store.saveIfEmpty(changed(active, State.DRAINING))).as("old version").isFalse();
    assertThat(store.find(ID)).map(Host::state).contains(State.ACTIVE);
    assertThat(store.saveIfEmpty(draining)).isTrue();
    assertThat(store.saveIfEmpty(draining)).as("repeated").isFalse();
    assertThat(store.find(ID)).contains(with(draining, Set.of(), NOW + 1, 4));
  }

  @Test
  @DisplayName("Reserving takes all in one write and raises the version")
  void reserves() {
    Host active = active();
    assertThat(store.reserve(ID, 2, Set.of(A, B))).isTrue();
    assertThat(store.find(ID)).contains(with(active, Set.of(A, B), 0, 3));
    assertThat(store.hosts("env")).containsExactly(with(active, Set.of(A, B), 0, 3));
  }

  @Test
  @DisplayName("Taking what is taken changes nothing but the version")
  void reservesTwice() {
    Host active = active();
    assertThat(store.reserve(ID, 2, Set.of(A))).isTrue();
    assertThat(store.reserve(ID, 3, Set.of(A))).isTrue();
    assertThat(store.find(ID)).contains(with(active, Set.of(A), 0, 4));
  }

  @Test
  @DisplayName("Reserving is refused when the version moved, and then takes nothing")
  void reserveNeedsTheVersion() {
    Host active = active();
    assertThat(store.reserve(ID, 2, Set.of(A))).isTrue();
    assertThat(store.reserve(ID, 2, Set.of(B))).isFalse();
    assertThat(store.find(ID)).contains(with(active, Set.of(A), 0, 3));
  }

  @Test
  @DisplayName("Reserving is refused on a host that is not ACTIVE or not there")
  void reserveNeedsAnActiveHost() {
    assertThat(store.reserve(ID, 1, Set.of(A))).as("missing").isFalse();
    assertThat(store.find(ID)).isEmpty();
    assertThat(store.create(BOOTING)).isTrue();
    assertThat(store.reserve(ID, 1, Set.of(A))).as("booting").isFalse();
    Host draining = changed(BOOTING, State.DRAINING);
    assertThat(store.save(draining)).isTrue();
    assertThat(store.reserve(ID, 2, Set.of(A))).as("draining").isFalse();
    assertThat(store.save(changed(draining, State.GONE))).isTrue();
    assertThat(store.reserve(ID, 3, Set.of(A))).as("gone").isFalse();
    assertThat(store.find(ID)).map(Host::reservations).contains(Set.of());
  }

  @Test
  @DisplayName("A release notes its time and leaves the version, so that no round is refused by it")
  void releases() {
    Host active = active();
    assertThat(store.reserve(ID, 2, Set.of(A, B))).isTrue();
    store.release(ID, Set.of(A), NOW + 5);
    assertThat(store.find(ID)).contains(with(active, Set.of(B), NOW + 5, 3));
    assertThat(store.reserve(ID, 3, Set.of(A))).isTrue();
    store.release(ID, Set.of(A, B), NOW + 9);
    assertThat(store.find(ID)).contains(with(active, Set.of(), NOW + 9, 4));
  }

  @Test
  @DisplayName("Releasing what is not taken changes nothing")
  void releasesTwice() {
    Host active = active();
    store.release(ID, Set.of(A), NOW + 3);
    assertThat(store.find(ID)).contains(active);
    assertThat(store.reserve(ID, 2, Set.of(A, B))).isTrue();
    store.release(ID, Set.of(A), NOW + 5);
    store.release(ID, Set.of(A), NOW + 7);
    store.release(ID, Set.of(), NOW + 8);
    assertThat(store.find(ID)).contains(with(active, Set.of(B), NOW + 5, 3));
    HostId missing = new HostId("env", "i-none");
    store.release(missing, Set.of(A), NOW);
    assertThat(store.find(missing)).isEmpty();
  }

  @Test
  @DisplayName("Every kind of reservation comes back as it was taken")
  void reservationsComeBack() {
    active();
    Set<Reservation> all = new HashSet<>();
    for (int number = 1; number <= 60; number++) {
      all.add(reservation(number));
    }
    all.add(
        new Reservation(
            new AttemptKey(new JobKey(id(7), Member.CHILD, 9_999), 10, 300),
            new Shape(448, 25_165_824, 16),
            (int) (NOW / 60_000) + 1,
            527_040,
            -17));
    all.add(
        new Reservation(new AttemptKey(new JobKey(id(7), Member.NODE, 999), 1, 0), SMALL, 0, 1));
    assertThat(store.reserve(ID, 2, all)).isTrue();
    assertThat(store.find(ID)).map(Host::reservations).contains(all);
    store.release(ID, all, NOW);
    assertThat(store.find(ID)).map(Host::reservations).contains(Set.of());
  }

  @Test
  @DisplayName("Reservations of two dispatches of one attempt are two")
  void dispatchesDiffer() {
    active();
    AttemptKey again = new AttemptKey(JobKey.whole(id(1)), 1, 1);
    Reservation second = new Reservation(again, SMALL, A.placedAtMinute(), 0);
    assertThat(store.reserve(ID, 2, Set.of(A, second))).isTrue();
    store.release(ID, Set.of(A), NOW);
    assertThat(store.find(ID)).map(Host::reservations).contains(Set.of(second));
  }

  @Test
  @DisplayName("A host is removed only when nothing is reserved on it; then again without harm")
  void removesOnlyEmptyHosts() {
    active();
    assertThat(store.reserve(ID, 2, Set.of(A))).isTrue();
    assertThat(store.remove(ID, NOW, NOW)).isFalse();
    assertThat(store.find(ID)).isPresent();
    store.release(ID, Set.of(A), NOW);
    assertThat(store.remove(ID, NOW, NOW)).isTrue();
    assertThat(store.find(ID)).isEmpty();
    assertThat(store.remove(ID, NOW, NOW)).as("is not there").isTrue();
    assertThat(store.create(BOOTING)).as("the name is free again").isTrue();
  }

  @Test
  @DisplayName("Of a host that was removed it is known until when its reports are old")
  void remembersRemovals() {
    assertThat(store.staleUntil(ID)).as("was never there").isZero();
    assertThat(store.remove(ID, NOW, NOW)).isTrue();
    assertThat(store.staleUntil(ID)).as("there was nothing to remove").isZero();
    active();
    assertThat(store.staleUntil(ID)).as("is there").isZero();
    assertThat(store.remove(ID, NOW + 5, NOW)).isTrue();
    assertThat(store.staleUntil(ID)).isEqualTo(NOW + 5);
    assertThat(store.hosts("env")).isEmpty();
    assertThat(store.create(BOOTING)).isTrue();
    assertThat(store.remove(ID, Long.MAX_VALUE, NOW)).isTrue();
    assertThat(store.staleUntil(ID)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @DisplayName("A fleet comes back as it was saved, each save over the version before it")
  void savesFleets() {
    assertThat(store.fleet("env")).isEqualTo(Fleet.none("env"));
    Fleet first =
        new Fleet(
            "env",
            List.of(
                new Fleet.Intent("token-1", "m6i.large", 3, 2, NOW),
                new Fleet.Intent("token-2", "c6i.xlarge", 1, 4, NOW + 1)),
            List.of(new Fleet.Shortage("p5.48xlarge", "InsufficientInstanceCapacity", NOW + 2)),
            1);
    Fleet second = first.with(List.of(), List.of()).with(new Fleet.Misses(2, NOW));
    second = new Fleet("env", second.intents(), second.shortages(), second.misses(), 2);
    assertThat(store.saveFleet(second)).as("nothing stored").isFalse();
    assertThat(store.saveFleet(first)).isTrue();
    assertThat(store.saveFleet(first)).as("repeated").isFalse();
    assertThat(store.fleet("env")).isEqualTo(first);
    assertThat(store.fleet("env-2")).isEqualTo(Fleet.none("env-2"));
    assertThat(store.saveFleet(second)).isTrue();
    assertThat(store.fleet("env")).isEqualTo(second);
  }
}
