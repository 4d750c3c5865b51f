package dev.longshore.simulator.scenario;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.Observation;
import dev.longshore.simulator.invariant.Law;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Bugs planted on purpose: a few seeds find each of them, by a law that names what went wrong. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedBugsTest {
  private static Job asVersion(Job job, long version) {
    return new Job(
        job.key(),
        job.spec(),
        job.state(),
        job.attempts(),
        job.nextDispatch(),
        job.stop(),
        version);
  }

  /** Stores the job over whatever is stored now. */
  private static boolean force(JobStore jobs, Job after) {
    return jobs.find(after.key())
        .map(now -> jobs.save(asVersion(after, now.version() + 1)))
        .orElse(false);
  }

  @Test
  @DisplayName("A job that is saved without looking at its version")
  void droppedCondition() {
    Planted.isFound(
        Focus.STOPS,
        new Alteration() {
          @Override
          public JobStore jobs(JobStore real) {
            return Twist.of(
                JobStore.class,
                real,
                (method, arguments, call) ->
                    method.equals("save") ? force(real, (Job) arguments[0]) : call.answer());
          }
        },
        Law.TERMINAL_IS_TERMINAL,
        Law.HISTORY_ONLY_GROWS,
        Law.ALLOWED_STEPS_ONLY,
        Law.ONE_LIVE_ATTEMPT,
        Law.TOLD_TO_STOP_STAYS_STOPPED);
  }

  @Test
  @DisplayName("A page that is saved without looking at its version")
  void droppedConditionOfAPage() {
    Planted.isFound(
        Focus.ARRAYS,
        new Alteration() {
          @Override
          public JobStore jobs(JobStore real) {
            return Twist.of(
                JobStore.class,
                real,
                (method, arguments, call) ->
                    method.equals("savePage")
                        ? forcePage(real, (ArrayPage) arguments[0])
                        : call.answer());
          }
        },
        Law.TERMINAL_IS_TERMINAL,
        Law.HISTORY_ONLY_GROWS,
        Law.ARRAY_FOLLOWS_CHILDREN,
        Law.NOTHING_IS_LOST);
  }

  private static boolean forcePage(JobStore jobs, ArrayPage after) {
    long version = jobs.page(after.job(), after.number()).map(ArrayPage::version).orElse(0L);
    return jobs.savePage(
        new ArrayPage(
            after.job(),
            after.number(),
            after.states(),
            after.stops(),
            after.stopOfRest(),
            version + 1));
  }

  @Test
  @DisplayName("A host on which room is taken without looking at its version")
  void droppedConditionOfAHost() {
    Planted.isFound(
        Focus.CROWDS,
        new Alteration() {
          @Override
          public HostStore hosts(HostStore real) {
            return Twist.of(
                HostStore.class,
                real,
                (method, arguments, call) ->
                    method.equals("reserve")
                        ? reserveAnyway(real, (HostId) arguments[0], reservations(arguments[2]))
                        : call.answer());
          }
        },
        Law.NO_HOST_OVERSUBSCRIBED,
        Law.RELEASED_ONCE,
        Law.RESERVED_BEFORE_USED);
  }

  private static boolean reserveAnyway(HostStore hosts, HostId id, Set<Reservation> added) {
    long version = hosts.find(id).map(Host::version).orElse(0L);
    return hosts.reserve(id, version, added);
  }

  @Test
  @DisplayName("A second release of one attempt that gives back the room of another one")
  void doubleRelease() {
    Planted.isFound(
        Focus.CROWDS,
        new Alteration() {
          @Override
          public HostStore hosts(HostStore real) {
            return Twist.of(
                HostStore.class,
                real,
                (method, arguments, call) -> {
                  if (method.equals("release")) {
                    releaseByShape(
                        real,
                        (HostId) arguments[0],
                        reservations(arguments[1]),
                        (Long) arguments[2]);
                    return null;
                  }
                  return call.answer();
                });
          }
        },
        Law.RELEASED_ONCE,
        Law.RESERVED_BEFORE_USED,
        Law.NOTHING_IS_LOST);
  }

  /** As if a host kept only how much is taken: any room of this shape is as good as the other. */
  private static void releaseByShape(
      HostStore hosts, HostId id, Set<Reservation> released, long now) {
    Set<Reservation> taken = hosts.find(id).map(Host::reservations).orElse(Set.of());
    Set<Reservation> given = new HashSet<>();
    for (Reservation room : released) {
      taken.stream()
          .filter(other -> other.shape().equals(room.shape()) && !given.contains(other))
          .min(
              Comparator.comparing((Reservation other) -> !other.equals(room))
                  .thenComparing(Reservation.ORDER))
          .ifPresent(given::add);
    }
    hosts.release(id, given, now);
  }

  @SuppressWarnings("unchecked")
  private static Set<Reservation> reservations(Object argument) {
    return (Set<Reservation>) argument;
  }

  @Test
  @DisplayName("A waiting job that is not looked at after it was stored: its wake-up gets lost")
  void lostWakeUp() {
    Planted.isFound(
        Focus.DEPENDENCIES,
        new Alteration() {
          @Override
          public Consumer<List<Change>> progress(Consumer<List<Change>> shipped, JobStore jobs) {
            return batch ->
                shipped.accept(batch.stream().filter(change -> !isPending(change, jobs)).toList());
          }
        },
        Law.NOTHING_IS_LOST);
  }

  @Test
  @DisplayName("A start after a kill that trusts in what was in memory")
  void nothingIsSettledAtTheStart() {
    Planted.isFound(
        Focus.RESTARTS,
        new Alteration() {
          @Override
          public Runnable settleAll(Runnable shipped) {
            return () -> {};
          }
        },
        Law.NOTHING_IS_LOST,
        Law.TIMEOUT_IN_TIME);
  }

  private static boolean isPending(Change change, JobStore jobs) {
    return change instanceof Change.JobChanged changed
        && jobs.find(changed.key())
            .filter(job -> job.state() instanceof JobState.Pending)
            .isPresent();
  }

  @Test
  @DisplayName("A placement that does not care whether the job was cancelled meanwhile")
  void cancelRacesDispatch() {
    Planted.isFound(
        Focus.STOPS,
        new Alteration() {
          @Override
          public JobStore jobsOfScheduler(JobStore seen) {
            return Twist.of(
                JobStore.class,
                seen,
                (method, arguments, call) ->
                    method.equals("save")
                            && arguments[0] instanceof Job after
                            && after.state() instanceof JobState.Starting
                        ? force(seen, after)
                        : call.answer());
          }
        },
        Law.NOTHING_IS_LOST,
        Law.TERMINAL_IS_TERMINAL,
        Law.TOLD_TO_STOP_STAYS_STOPPED,
        Law.ALLOWED_STEPS_ONLY,
        Law.ONE_LIVE_ATTEMPT);
  }

  @Test
  @DisplayName("An event of an attempt that is over, taken for one of the live attempt")
  void lateEventOfAnOldAttempt() {
    Planted.isFound(
        Focus.TIMEOUTS,
        new Alteration() {
          @Override
          public Consumer<List<Observation>> observe(
              Consumer<List<Observation>> shipped, JobStore jobs) {
            return told -> shipped.accept(told.stream().map(one -> asLive(one, jobs)).toList());
          }
        },
        Law.ONE_LIVE_ATTEMPT,
        Law.ENDS_AS_ITS_TASK_DID);
  }

  private static Observation asLive(Observation observation, JobStore jobs) {
    if (!(observation instanceof Observation.TaskStopped stopped)) {
      return observation;
    }
    AttemptKey live =
        jobs.find(stopped.attempt().key()).flatMap(Job::liveAttempt).orElse(stopped.attempt());
    return new Observation.TaskStopped(
        live,
        stopped.task(),
        stopped.cause(),
        stopped.exitCode(),
        stopped.reason(),
        stopped.stoppedReason(),
        stopped.startedAt(),
        stopped.stoppedAt());
  }

  @Test
  @DisplayName("An array that is not told of the one it is paired with")
  void lostPair() {
    Planted.isFound(
        Focus.ARRAYS,
        new Alteration() {
          @Override
          public JobStore jobs(JobStore real) {
            return Twist.of(
                JobStore.class,
                real,
                (method, _, call) -> method.equals("addPair") ? null : call.answer());
          }
        },
        Law.NOTHING_IS_LOST);
  }

  @Test
  @DisplayName("A consumable resource that is taken from without looking at its version")
  void droppedConditionOfAResource() {
    Planted.isFound(
        Focus.RESOURCES,
        new Alteration() {
          @Override
          public CatalogStore catalog(CatalogStore real) {
            return Twist.of(
                CatalogStore.class,
                real,
                (method, arguments, call) ->
                    method.equals("claim")
                        ? claimAnyway(real, (String) arguments[0], claims(arguments[2]))
                        : call.answer());
          }
        },
        Law.CONSUMABLES_RESPECTED);
  }

  private static boolean claimAnyway(CatalogStore catalog, String name, Set<Claim> added) {
    long version = catalog.consumable(name).map(ConsumableResource::version).orElse(0L);
    return catalog.claim(name, version, added);
  }

  @SuppressWarnings("unchecked") // the port's own type
  private static Set<Claim> claims(Object argument) {
    return (Set<Claim>) argument;
  }
}
