package dev.longshore.local.stream;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes one sleeper. A call that comes while it is awake ends its next sleep at once. */
public final class Wake {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private boolean pending;

  /** Wakes the sleeper, now or when it next wants to sleep. */
  public void call() {
    lock.lock();
    try {
      pending = true;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps until called, at most so long; true when it was called. */
  boolean sleep(Duration most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long rest = most.toNanos();
      while (!pending && rest > 0) {
        rest = called.awaitNanos(rest);
      }
      boolean wasCalled = pending;
      pending = false;
      return wasCalled;
    } finally {
      lock.unlock();
    }
  }
}
