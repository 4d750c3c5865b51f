package dev.longshore.functions.lambda;

import dev.longshore.aws.settings.FunctionSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What a function does once before Lambda takes the snapshot that all its environments start from:
 * it reads, so that classes are loaded and clients are made by whoever deploys, not by the first
 * call after a pause ({@code docs/decisions/0035}). It writes nothing and keeps nothing that must
 * differ between environments or may grow old.
 */
final class Rehearsal {
  private static final Logger LOG = System.getLogger(Rehearsal.class.getName());

  private Rehearsal() {}

  /** Of a function that reads the table and sends to queues. */
  static void of(Rehearsed function) {
    run(
        FunctionSettings.isSnapshotNext(),
        () -> {
          function.sqs();
          function.catalog().queues();
        });
  }

  /**
   * Runs the reading where a snapshot follows, and only there. A version whose rehearsal fails is
   * slower, not worse: the failure is logged and the version published.
   */
  static void run(boolean isSnapshotNext, Runnable reading) {
    if (!isSnapshotNext) {
      return;
    }
    try {
      reading.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the first call after a pause will be slower", e);
    }
  }
}
