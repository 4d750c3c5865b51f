package dev.longshore.integration.emulator;

import static org.junit.jupiter.api.Assumptions.abort;

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
    if (value == null) {
      throw missing(name + " is not set, so " + untested + ".");
    }
    return value;
  }

  /** What to throw where CI lacks something; elsewhere this skips the test, and says why. */
  static IllegalStateException missing(String why) {
    if (!"true".equals(System.getenv("CI"))) {
      abort(why);
    }
    return new IllegalStateException(why);
  }
}
