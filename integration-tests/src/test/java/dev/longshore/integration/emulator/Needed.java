package dev.longshore.integration.emulator;

import static org.junit.jupiter.api.Assumptions.abort;

import org.jspecify.annotations.Nullable;

/** What a test needs of the machine. */
final class Needed {
  private Needed() {}

  /**
   * The value of a variable.
   *
   * @param untested what is not tested without it: a failure on CI, elsewhere the test is skipped
   */
  static String variable(String name, String untested) {
    String value = System.getenv(name);
    return value == null ? missing(name + " is not set, so " + untested + ".") : value;
  }

  private static String missing(String why) {
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why);
    }
    return never(abort(why));
  }

  /** What throws gives nothing back. */
  private static String never(@Nullable String nothing) {
    throw new IllegalStateException(String.valueOf(nothing));
  }
}
