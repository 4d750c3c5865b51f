package dev.longshore.simulator.world;

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

  int calls;
  long pausedMillis;
  boolean pausesLong;
  boolean dead;
  boolean ended;
  @Nullable Throwable thrown;

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
