package dev.longshore.local.feed;

import dev.longshore.core.port.BatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events, numbered in the order in which they were published. They are kept as they are
 * and rendered by whoever reads them: without a reader an event costs next to nothing.
 */
final class EventRing {
  private final BatchEvent[] slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private long last;
  private boolean closed;

  /** Keeps this many events. */
  EventRing(int capacity) {
    this.slots = new BatchEvent[capacity];
  }

  /** An event and its number, from 1. */
  record Numbered(long number, BatchEvent event) {}

  void add(List<BatchEvent> events) {
    lock.lock();
    try {
      for (BatchEvent event : events) {
        last++;
        slots[slot(last)] = event;
      }
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Number of the newest event, 0 when there was none. */
  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Number of the oldest event that is still kept, or of the next one. */
  long first() {
    lock.lock();
    try {
      return oldest();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Lets all who wait go. */
  void close() {
    lock.lock();
    try {
      closed = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Events with larger numbers, in order; waits for one, at most so long. */
  List<Numbered> after(long number, int limit, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long rest = patience.toNanos();
      while (last <= number && !closed && rest > 0) {
        rest = added.awaitNanos(rest);
      }
      List<Numbered> found = new ArrayList<>();
      for (long next = Math.max(number + 1, oldest());
          next <= last && found.size() < limit;
          next++) {
        found.add(new Numbered(next, slots[slot(next)]));
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private long oldest() {
    return Math.max(1, last - slots.length + 1);
  }

  private int slot(long number) {
    return (int) (number % slots.length);
  }
}
