package dev.longshore.core.model;

import java.util.List;

/**
 * What a compute environment is about to launch. An intent is written before the launch is asked
 * for and removed when its hosts are recorded, so that a crash repeats the same call with the same
 * token and never launches twice.
 *
 * @param environment name of the compute environment
 * @param intents launches asked for and not yet recorded; they count against max vCPUs
 * @param shortages refused launches, so that the next round tries something else for a while
 * @param misses launches in a row of which nothing joined
 * @param version grows by one with each stored change; 0 when nothing is stored yet
 */
public record Fleet(
    String environment,
    List<Intent> intents,
    List<Shortage> shortages,
    Misses misses,
    long version) {

  public Fleet {
    intents = List.copyOf(intents);
    shortages = List.copyOf(shortages);
  }

  /** A fleet whose launches join. */
  public Fleet(String environment, List<Intent> intents, List<Shortage> shortages, long version) {
    this(environment, intents, shortages, Misses.NONE, version);
  }

  /**
   * Launches in a row of which nothing joined, each made after the one before was given up.
   *
   * @param count how many
   * @param at epoch ms when the last one was given up, 0 for none
   */
  public record Misses(int count, long at) {
    /** What was launched joins. */
    public static final Misses NONE = new Misses(0, 0);
  }

  /** One version later, with other launches under way and other shortages. */
  public Fleet with(List<Intent> intents, List<Shortage> shortages) {
    return new Fleet(environment, intents, shortages, misses, version + 1);
  }

  /** One version later, after as many launches in a row of which nothing joined. */
  public Fleet with(Misses other) {
    return new Fleet(environment, intents, shortages, other, version + 1);
  }

  /**
   * A launch that was decided.
   *
   * @param token client token of the launch
   * @param instanceType what to launch
   * @param count how many
   * @param vcpus of one of them
   * @param at epoch ms
   */
  public record Intent(String token, String instanceType, int count, int vcpus, long at) {}

  /**
   * A launch that was refused for lack of capacity.
   *
   * @param instanceType what could not be had
   * @param reason what was said
   * @param until epoch ms until which it is not asked for again
   */
  public record Shortage(String instanceType, String reason, long until) {}

  /** A fleet of which nothing is stored. */
  public static Fleet none(String environment) {
    return new Fleet(environment, List.of(), List.of(), 0);
  }
}
