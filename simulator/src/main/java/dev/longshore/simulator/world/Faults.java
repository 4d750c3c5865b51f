package dev.longshore.simulator.world;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Decides by chance what goes wrong, counts it, and stops when the time of faults is over. */
public final class Faults {
  private final InstantSource clock;
  private final Chance chance;
  private final Map<Fault, Integer> perMille;
  private final long until;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  /**
   * A plan.
   *
   * @param perMille how often each fault strikes where it could; those left out never do
   * @param until epoch ms after which nothing goes wrong any more
   */
  public Faults(InstantSource clock, Chance chance, Map<Fault, Integer> perMille, long until) {
    this.clock = clock;
    this.chance = chance;
    this.perMille = Map.copyOf(perMille);
    this.until = until;
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
    return often != null && active() && chance.perMille(often);
  }

  /** True while things can still go wrong. */
  public boolean active() {
    return clock.millis() < until;
  }

  /** A number for the size of a fault. */
  public Chance chance() {
    return chance;
  }

  void count(Fault fault) {
    counts.merge(fault, 1, Integer::sum);
  }

  /** How often each fault struck so far. */
  public Map<Fault, Integer> counts() {
    return Map.copyOf(counts);
  }
}
