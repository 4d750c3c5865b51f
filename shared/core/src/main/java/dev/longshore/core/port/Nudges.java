package dev.longshore.core.port;

/**
 * Asks for rounds. A nudge has no content; it means "a round whose snapshot is read after this call
 * will happen". It is never the only way: timers nudge too.
 */
public interface Nudges {
  /** A scheduling round of this domain. */
  void scheduler(String domain);

  /** A capacity round of this domain. */
  void capacity(String domain);
}
