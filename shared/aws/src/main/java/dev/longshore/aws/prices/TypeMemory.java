package dev.longshore.aws.prices;

import java.util.Optional;

/** Keeps the last refresh of the instance types where all functions read it. */
public interface TypeMemory {
  /**
   * What was kept.
   *
   * @param packed {@link TypeTable}'s text, compressed, in Base64
   * @param at epoch ms
   */
  record Kept(String packed, long at) {}

  /** What was kept last; empty when nothing was. */
  Optional<Kept> read();

  /**
   * Keeps this, if what is kept now is of that time.
   *
   * @param before epoch ms, 0 for nothing
   * @return false when somebody else was faster
   */
  boolean keep(Kept after, long before);
}
