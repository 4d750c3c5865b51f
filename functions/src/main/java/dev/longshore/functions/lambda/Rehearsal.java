package dev.longshore.functions.lambda;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * What a function does once before Lambda takes the snapshot that all its environments start from:
 * it reads, so that classes are loaded and clients are made by whoever deploys, not by the first
 * call after a pause ({@code docs/decisions/0035}). It writes nothing and keeps nothing that must
 * differ between environments or may grow old.
 */
final class Rehearsal {
  /** Lambda says by it how this environment of a function begins. */
  static final String BEGINS = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /** With a snapshot, which is taken when the function has been made. */
  static final String SNAPSHOT = "snap-start";

  private static final Logger LOG = System.getLogger(Rehearsal.class.getName());

  private Rehearsal() {}

  /** Of a function that reads the table and sends to queues. */
  static void of(Rehearsed function) {
    run(
        System.getenv(),
        () -> {
          function.sqs();
          function.catalog().queues();
        });
  }

  /**
   * Runs the reading where a snapshot follows, and only there. A version whose rehearsal fails is
   * slower, not worse: the failure is logged and the version published.
   */
  static void run(Map<String, String> environment, Runnable reading) {
    if (!SNAPSHOT.equals(environment.get(BEGINS))) {
      return;
    }
    try {
      reading.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the first call after a pause will be slower", e);
    }
  }
}
