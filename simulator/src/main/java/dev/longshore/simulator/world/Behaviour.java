package dev.longshore.simulator.world;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Job;

/**
 * What the program of an attempt will do.
 *
 * @param pullMillis from the start to RUNNING
 * @param runMillis from RUNNING to its own end
 * @param exitCode with which it ends by itself
 * @param failsToStart true when its container never comes up
 * @param stopMillis from SIGTERM to its end; above 30,000 it is killed
 */
public record Behaviour(
    long pullMillis, long runMillis, int exitCode, boolean failsToStart, long stopMillis) {

  /** Ends with this exit code after so many milliseconds. */
  public static Behaviour runs(long runMillis, int exitCode) {
    return new Behaviour(500, runMillis, exitCode, false, 200);
  }

  /** Never comes up. */
  public static Behaviour neverStarts() {
    return new Behaviour(2_000, 0, 0, true, 0);
  }

  /** Who knows what programs do. */
  public interface Script {
    /** What this attempt of the job will do; the same answer for the same attempt. */
    Behaviour of(Job job, AttemptKey attempt);
  }
}
