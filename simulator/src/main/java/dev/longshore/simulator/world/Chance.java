package dev.longshore.simulator.world;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that follows from a seed: same seed, same questions, same answers. */
public final class Chance {
  private final SplittableRandom random;

  public Chance(long seed) {
    this.random = new SplittableRandom(mixed(seed));
  }

  /** Neighbouring seeds would otherwise give the same numbers, only shifted. */
  private static long mixed(long seed) {
    long mixed = (seed ^ (seed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  /** Another source, so that more questions to one do not change the answers of the other. */
  public Chance split() {
    return new Chance(random.nextLong());
  }

  /** True this many times in a thousand. */
  public boolean perMille(int times) {
    return random.nextInt(1000) < times;
  }

  /** From {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** From {@code least} to {@code most}, both included. */
  public long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  /** Mostly near {@code least}, now and then up to {@code most}. */
  public long skewed(long least, long most) {
    double part = random.nextDouble();
    return least + (long) ((most - least) * part * part * part);
  }

  /** One of them. */
  public <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Any number. */
  public long any() {
    return random.nextLong();
  }
}
