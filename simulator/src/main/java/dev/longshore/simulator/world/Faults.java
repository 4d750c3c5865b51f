package dev.longshore.simulator.world;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides by chance what goes wrong, counts it, and stops when the time of faults is over. */
public final class Faults {
  private final InstantSource clock;
  private final Chance chance;
  private final Map<Fault, Integer> perMille;
  private final long until;
  private final @Nullable Set<Integer> strikes;
  private final Trace trace;
  private int drawn;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  /**
   * A plan.
   *
   * @param perMille how often each fault strikes where it could; those left out never do
   * @param until epoch ms after which nothing goes wrong any more
   * @param strikes numbers of those that chance may bring, from 1; absent for all
   */
  public Faults(
      InstantSource clock,
      Chance chance,
      Map<Fault, Integer> perMille,
      long until,
      @Nullable Set<Integer> strikes,
      Trace trace) {
    this.clock = clock;
    this.chance = chance;
    this.perMille = Map.copyOf(perMille);
    this.until = until;
    this.strikes = strikes;
    this.trace = trace;
  }

  /** Whether this fault strikes now; then it is counted. */
  public boolean strikes(Fault fault) {
    boolean chosen = chosen(fault);
    if (chosen) {
      count(fault);
    }
    return chosen;
  }

  /** Whether this fault will strike something that begins now; it is counted when it does. */
  boolean chosen(Fault fault) {
    Integer often = perMille.get(fault);
    if (often == null || !active() || !chance.perMille(often)) {
      return false;
    }
    drawn++;
    return strikes == null || strikes.contains(drawn);
  }

  /** True while things can still go wrong. */
  public boolean active() {
    return clock.millis() < until;
  }

  /** A number for the size of a fault. */
  public Chance chance() {
    return chance;
  }

  /** How often chance wanted something to go wrong so far. */
  public int drawn() {
    return drawn;
  }

  void count(Fault fault) {
    trace.say(() -> "  fault " + fault);
    counts.merge(fault, 1, Integer::sum);
  }

  /** How often each fault struck so far. */
  public Map<Fault, Integer> counts() {
    return Map.copyOf(counts);
  }
}
