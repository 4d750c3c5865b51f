package dev.longshore.local.runner;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a runner has under way with an engine, so that its end can wait for that. */
final class Errands {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Set<CountDownLatch> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Something to be done with the engine. */
  interface Errand {
    void run() throws IOException, InterruptedException;
  }

  /** Does it now, in the caller's thread. */
  void here(Runnable errand) {
    CountDownLatch done = new CountDownLatch(1);
    underWay.add(done);
    try {
      errand.run();
    } finally {
      underWay.remove(done);
      done.countDown();
    }
  }

  /**
   * Does it until the engine answers: what is asked here may be asked twice. After {@link #close}
   * nothing is repeated any more.
   */
  void inBackground(Errand errand) {
    CountDownLatch done = new CountDownLatch(1);
    underWay.add(done);
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (!isDone(errand) && !closed) {
              Thread.sleep(PAUSE);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            underWay.remove(done);
            done.countDown();
          }
        });
  }

  private static boolean isDone(Errand errand) throws InterruptedException {
    try {
      errand.run();
      return true;
    } catch (IOException e) {
      LOG.warn("docker failed", e);
      return false;
    }
  }

  void close() {
    closed = true;
  }

  /** Waits for what is under way; false when it is not over in time. */
  boolean await(Duration limit) throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    for (CountDownLatch each : underWay) {
      if (!each.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }
}
