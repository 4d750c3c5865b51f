package dev.longshore.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nudges of one kind: the set of domains that want a round, and the one thread that runs them. A
 * domain leaves the set before its round reads anything, so a nudge that comes during a round makes
 * another one, and a hundred make one ({@code data-model} 7).
 */
public final class DirtyDomains implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirtyDomains.class);

  private final String kind;
  private final long pause;
  private final Consumer<SQSEvent> rounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<String> dirty = new LinkedHashSet<>();
  private final Thread thread;
  private boolean busy;
  private boolean closed;

  /**
   * Rounds of one kind; none runs before {@link #start}.
   *
   * @param pause from the start of a round to the next one at least, so that each does more
   */
  public DirtyDomains(String kind, Duration pause, Consumer<SQSEvent> rounds) {
    this.kind = kind;
    this.pause = pause.toNanos();
    this.rounds = rounds;
    this.thread = Thread.ofPlatform().daemon().name(kind).unstarted(this::run);
  }

  /** Begins to run rounds. */
  public void start() {
    thread.start();
  }

  /** A round of this domain that reads its snapshot after this call will happen. */
  public void nudge(String domain) {
    lock.lock();
    try {
      if (dirty.add(domain)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** True when a round runs or is asked for. */
  public boolean isBusy() {
    lock.lock();
    try {
      return busy || !dirty.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      long notBefore = System.nanoTime();
      for (List<String> domains = take(notBefore); !domains.isEmpty(); domains = take(notBefore)) {
        notBefore = System.nanoTime() + pause;
        try {
          rounds.accept(event(domains));
        } catch (RuntimeException e) {
          LOG.warn("a {} round of {} failed", kind, domains, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes all domains that want a round; none when this is closed. */
  private List<String> take(long notBefore) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      busy = false;
      while (!closed) {
        long rest = notBefore - System.nanoTime();
        if (dirty.isEmpty()) {
          changed.await();
        } else if (rest > 0) {
          changed.await(rest, TimeUnit.NANOSECONDS);
        } else {
          busy = true;
          List<String> domains = List.copyOf(dirty);
          dirty.clear();
          return domains;
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private static SQSEvent event(List<String> domains) {
    List<SQSMessage> records = new ArrayList<>();
    for (String domain : domains) {
      SQSMessage record = new SQSMessage();
      record.setMessageId(domain);
      record.setBody(domain);
      records.add(record);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(records);
    return event;
  }
}
