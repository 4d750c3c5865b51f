package dev.longshore.simulator.world;

/**
 * The process that ran a handler is gone, at once. An error, not an exception, so that no handler
 * that guards against exceptions survives it; only the world catches it.
 */
final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String where) {
    super(where, null, false, false);
  }
}
