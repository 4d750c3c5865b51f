package dev.longshore.simulator.world;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a handler: what will strike it at which of its calls, and how far it is. */
final class Invocation {
  final String name;
  final Runnable body;
  final Consumer<Outcome> after;
  final long skewMillis;

  /** What strikes at call {@link #strikesAt}, if anything. */
  final @Nullable Fault fault;

  /** Number of the call at which it strikes, from 1. */
  final int strikesAt;

  /** How many times in a thousand it stands still before a call; 0 for one that never does. */
  final int pausesPerMille;

  /** True until it was overtaken, for one that is to be. */
  boolean toBeOvertaken;

  /** What it decided last, and may be overtaken with. */
  @Nullable Decision decision;

  /** What it waits for while others overtake it. */
  @Nullable Awaited awaited;

  int calls;
  long pausedMillis;
  boolean pausesLong;
  boolean dead;
  boolean ended;
  @Nullable Throwable thrown;

  /**
   * A job that is about to be changed.
   *
   * @param read as it was read
   * @param event what is about to happen to it
   */
  record Decision(Job read, JobEvent event) {}

  /**
   * A change of a job by others.
   *
   * @param version that it will have then, at least
   */
  record Awaited(JobKey job, long version) {}

  private final Semaphore go = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);

  Invocation(
      String name,
      Runnable body,
      Consumer<Outcome> after,
      long skewMillis,
      @Nullable Fault fault,
      int strikesAt,
      int pausesPerMille) {
    this.name = name;
    this.body = body;
    this.after = after;
    this.skewMillis = skewMillis;
    this.fault = fault;
    this.strikesAt = strikesAt;
    this.pausesPerMille = pausesPerMille;
  }

  /** Runs the body to its end on the caller's thread. */
  void runHere() {
    try {
      body.run();
    } catch (SimulatedCrash crash) {
      dead = true;
    } catch (RuntimeException | Error problem) {
      thrown = problem;
    }
    ended = true;
  }

  /** Runs the body on a thread of its own until it ends or pauses. Only one of both runs. */
  void start() {
    Thread.ofVirtual()
        .start(() -> {
          go.acquireUninterruptibly();
          runHere();
          back.release();
        });
    resume();
  }

  /** Goes on until it ends or pauses. */
  void resume() {
    go.release();
    back.acquireUninterruptibly();
  }

  /** Called on its own thread: stands still until resumed. */
  void pause() {
    back.release();
    go.acquireUninterruptibly();
  }
}
