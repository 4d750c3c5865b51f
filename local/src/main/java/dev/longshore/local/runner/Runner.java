package dev.longshore.local.runner;

import java.time.Duration;
import java.util.Optional;

/** Runs tasks on this machine, as processes or as containers. Answers come to a listener. */
public interface Runner extends AutoCloseable {

  /** One line for the banner: what it is and what it does not do. */
  String describe();

  /**
   * Tells the listener of everything that an earlier run of the service left: what still runs and
   * what has ended. Called once, before anything else.
   */
  void recover();

  /** Starts a task that was never started before. Blocks until it runs or has failed to. */
  void start(Task task, Container container);

  /**
   * Asks a task to end, at once: SIGTERM, after {@code grace} SIGKILL, each to all its processes.
   * Does not wait. One that is not there is no error.
   */
  void stop(Task task, Duration grace);

  /** The IPv4 address under which other tasks reach this one; empty when it does not run. */
  Optional<String> address(Task task);

  /** Nobody needs to be told of this ended task any more. */
  void forget(Task task);

  /** Ends without touching what runs, so that {@link #recover} finds it. */
  @Override
  void close();

  /**
   * Removes all that tasks of this service left on this machine, what still runs with it. Called
   * after {@link #close} when no other service will come to take it in. Waits until it is done, at
   * most for {@code limit}, and says in the log what may be left.
   */
  void discard(Duration limit);
}
