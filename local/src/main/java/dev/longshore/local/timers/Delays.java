package dev.longshore.local.timers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does things later. What goes wrong is logged and happens again next time. */
public final class Delays implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

  private final ScheduledExecutorService thread;

  /** A thread of this name. */
  public Delays(String name) {
    this.thread =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Runs it once {@code delay} is over, unless this is closed before. */
  public void after(Duration delay, Runnable action) {
    try {
      Future<?> _ = thread.schedule(() -> run(action), delay.toMillis(), MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("not any more", closed);
    }
  }

  /** Runs it again and again, {@code pause} after its last end, for the first time in a while. */
  public void every(Duration pause, Runnable action) {
    long millis = pause.toMillis();
    Future<?> _ = thread.scheduleWithFixedDelay(() -> run(action), millis, millis, MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("a timer's action failed", e);
    }
  }
}
