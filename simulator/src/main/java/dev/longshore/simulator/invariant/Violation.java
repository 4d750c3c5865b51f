package dev.longshore.simulator.invariant;

import org.jspecify.annotations.Nullable;

/** A law was broken. An error, so that no handler swallows it. */
public final class Violation extends Error {
  private static final long serialVersionUID = 1L;

  private final Law law;

  public Violation(Law law, String what) {
    this(law, what, null);
  }

  public Violation(Law law, String what, @Nullable Throwable cause) {
    super(law + " (" + law.sentence() + "): " + what, cause);
    this.law = law;
  }

  /** Which one. */
  public Law law() {
    return law;
  }

  static void unless(boolean holds, Law law, String what) {
    if (!holds) {
      throw new Violation(law, what);
    }
  }
}
