package dev.longshore.simulator.world;

/** How a run of a handler ended. */
public enum Outcome {
  /** It returned. */
  DONE,
  /** It threw what handlers may throw: the store did not answer. */
  FAILED,
  /** Its process was gone in the middle. */
  CRASHED
}
