package dev.longshore.simulator.scenario;

import dev.longshore.simulator.world.Chance;
import dev.longshore.simulator.world.Fault;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which conditions a run goes.
 *
 * @param seed decides all that chance decides
 * @param perMille how often each fault strikes where it could
 * @param faultsFor how long faults strike, from the start
 * @param indexLagMillis the longest that the index is behind
 * @param patience within which all must be quiet after the faults
 * @param strikes numbers of the strikes that chance may bring, from 1; absent for all
 */
public record Conditions(
    long seed,
    Map<Fault, Integer> perMille,
    Duration faultsFor,
    long indexLagMillis,
    Duration patience,
    @Nullable Set<Integer> strikes) {
  private static final Duration FAULTS = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofHours(3);

  public Conditions {
    perMille = Map.copyOf(perMille);
  }

  /** With these as frequent as this, and the others as before. */
  Conditions often(Map<Fault, Integer> other) {
    Map<Fault, Integer> all = new EnumMap<>(Fault.class);
    all.putAll(perMille);
    all.putAll(other);
    return new Conditions(seed, all, faultsFor, indexLagMillis, patience, strikes);
  }

  /** With no other faults than these. */
  Conditions only(Set<Fault> kinds) {
    Map<Fault, Integer> some = new EnumMap<>(Fault.class);
    some.putAll(perMille);
    some.keySet().retainAll(kinds);
    return new Conditions(seed, some, faultsFor, indexLagMillis, patience, strikes);
  }

  /** As on one machine: the index is never behind, and nothing is throttled. */
  Conditions onOneMachine() {
    return often(Map.of(Fault.THROTTLED, 0)).withoutLag();
  }

  private Conditions withoutLag() {
    return new Conditions(seed, perMille, faultsFor, 0, patience, strikes);
  }

  /** Equally rough, but chance decides by another seed. */
  Conditions in(long world) {
    return new Conditions(world, perMille, faultsFor, indexLagMillis, patience, strikes);
  }

  /** With no other strikes than these. */
  Conditions striking(@Nullable Set<Integer> some) {
    return new Conditions(seed, perMille, faultsFor, indexLagMillis, patience, some);
  }

  /** Nothing goes wrong, and the index lags by up to half a second. */
  public static Conditions calm(long seed) {
    return new Conditions(seed, Map.of(), Duration.ZERO, 500, PATIENCE, null);
  }

  /** Everything goes wrong now and then; which things how often follows from the seed. */
  public static Conditions rough(long seed) {
    Chance chance = new Chance(seed);
    Map<Fault, Integer> perMille = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      // Many seeds leave a fault out or make it frequent, so that each is seen alone as well.
      int usual = usual(fault);
      perMille.put(fault, usual * chance.between(0, 3));
    }
    // On one machine the service can be killed as a whole; its index never lags.
    if (chance.perMille(200)) {
      // Nor has it limits: a start that is refused for a while would never come to its end.
      perMille.remove(Fault.THROTTLED);
      return new Conditions(seed, perMille, FAULTS, 0, PATIENCE, null);
    }
    perMille.remove(Fault.RESTART);
    long lag = chance.between(0, 1) == 0 ? 500 : chance.between(1_000, 20_000);
    return new Conditions(seed, perMille, FAULTS, lag, PATIENCE, null);
  }

  private static int usual(Fault fault) {
    return switch (fault) {
      case PAUSE, OVERTAKEN -> 100;
      case CRASH_BEFORE_CALL, CRASH_AFTER_CALL, STORE_FAILS_BEFORE, STORE_FAILS_AFTER -> 8;
      case RECORDS_AGAIN -> 80;
      case STALE_WRITE -> 5;
      case CLOCK_SKEW, WORK_AGAIN, EVENT_AGAIN -> 30;
      case RECORDS_LATE, EVENT_LATE, NUDGE_LOST, TIMER_SKIPS -> 20;
      case EVENT_LOST -> 4;
      case ROUND_TWICE -> 200;
      case START_REFUSED, START_LOST, START_UNANSWERED -> 15;
      case UNSTARTABLE -> 4;
      case SHORTAGE, DYING_HOST, SLOW_BOOT -> 100;
      case NEVER_REGISTERS -> 30;
      case HOST_DEATH, SPOT_RECLAIM, RESTART -> 150;
      case SPOT_WARNING -> 300;
      case AGENT_LOST -> 200;
      case AGENT_GONE -> 25;
      case RECORDS_DROPPED, RIVAL_WRITE, BUS_FAILS -> 20;
      case THROTTLED -> 1;
    };
  }
}
