package dev.longshore.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standard queue with one consumer. What the consumer names as failed comes again, later each
 * time; after {@link #TRIES} it is given up, since start-up and sweeps find what is left undone. A
 * queue for what neither of them finds tries for as long as it lives.
 */
public final class LocalQueue implements AutoCloseable {
  /** How often a message is delivered at most, unless a queue has another number. */
  static final int TRIES = 20;

  private static final Logger LOG = LoggerFactory.getLogger(LocalQueue.class);
  private static final int BATCH = 1_000;
  private static final long FIRST_RETRY_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LAST_RETRY_NANOS = Duration.ofSeconds(30).toNanos();

  private final String name;
  private final long window;
  private final int tries;
  private final Function<SQSEvent, SQSBatchResponse> consumer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Message> messages = new PriorityQueue<>();
  private final Thread thread;
  private long sequence;
  private boolean busy;
  private boolean closed;

  /**
   * A queue; nothing is delivered before {@link #start}.
   *
   * @param window how long a message waits for others, so that they come together
   */
  public LocalQueue(String name, Duration window, Function<SQSEvent, SQSBatchResponse> consumer) {
    this(name, window, TRIES, consumer);
  }

  private LocalQueue(
      String name, Duration window, int tries, Function<SQSEvent, SQSBatchResponse> consumer) {
    this.name = name;
    this.window = window.toNanos();
    this.tries = tries;
    this.consumer = consumer;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::deliver);
  }

  /** A queue that gives nothing up. */
  public static LocalQueue patient(String name, Function<SQSEvent, SQSBatchResponse> consumer) {
    return new LocalQueue(name, Duration.ZERO, Integer.MAX_VALUE, consumer);
  }

  private record Message(long due, long number, int tries, String body, Runnable delivered)
      implements Comparable<Message> {
    @Override
    public int compareTo(Message other) {
      int byDue = Long.compare(due - other.due, 0);
      return byDue != 0 ? byDue : Long.compare(number, other.number);
    }
  }

  /** Begins to deliver. */
  public void start() {
    thread.start();
  }

  /** Delivers it once {@code delay} is over. */
  public void send(String body, Duration delay) {
    send(body, delay, () -> {});
  }

  /**
   * Delivers it once {@code delay} is over.
   *
   * @param delivered called when the consumer has taken it
   */
  public void send(String body, Duration delay, Runnable delivered) {
    add(System.nanoTime() + delay.toNanos(), 0, body, delivered);
  }

  /** Waits until everything that is due was delivered; for start-up and tests. */
  public void drain() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && (busy || (!messages.isEmpty() && wait(messages.peek()) <= 0))) {
        changed.await(1, TimeUnit.MILLISECONDS);
      }
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

  private void add(long due, int tries, String body, Runnable delivered) {
    lock.lock();
    try {
      messages.add(new Message(due, sequence++, tries, body, delivered));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long wait(Message message) {
    return message.due - System.nanoTime();
  }

  private void deliver() {
    try {
      for (List<Message> batch = take(); !batch.isEmpty(); batch = take()) {
        deliver(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next batch; empty when the queue is closed. */
  private List<Message> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      busy = false;
      changed.signalAll();
      while (!closed) {
        Message first = messages.peek();
        long rest = first == null ? Long.MAX_VALUE : wait(first) + window;
        if (first != null && (rest <= 0 || (messages.size() >= BATCH && wait(first) <= 0))) {
          busy = true;
          return drainDue();
        }
        changed.awaitNanos(rest);
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<Message> drainDue() {
    List<Message> batch = new ArrayList<>();
    while (batch.size() < BATCH && !messages.isEmpty() && wait(messages.peek()) <= 0) {
      batch.add(messages.poll());
    }
    return batch;
  }

  private void deliver(List<Message> batch) {
    Set<String> failed = consume(batch);
    // One time for all: what failed together comes again together.
    long now = System.nanoTime();
    for (Message message : batch) {
      if (!failed.contains(Long.toString(message.number))) {
        message.delivered.run();
      } else if (message.tries + 1 < tries) {
        long pause = Math.min(LAST_RETRY_NANOS, FIRST_RETRY_NANOS << Math.min(message.tries, 16));
        add(now + pause, message.tries + 1, message.body, message.delivered);
      } else {
        LOG.error("{} gives up {}", name, message.body);
      }
    }
  }

  private Set<String> consume(List<Message> batch) {
    Set<String> failed = new HashSet<>();
    try {
      for (BatchItemFailure failure : consumer.apply(event(batch)).getBatchItemFailures()) {
        failed.add(failure.getItemIdentifier());
      }
    } catch (RuntimeException e) {
      LOG.warn("a batch of {} failed", name, e);
      batch.forEach(message -> failed.add(Long.toString(message.number)));
    }
    return failed;
  }

  private static SQSEvent event(List<Message> batch) {
    List<SQSMessage> records = new ArrayList<>();
    for (Message message : batch) {
      SQSMessage record = new SQSMessage();
      record.setMessageId(Long.toString(message.number));
      record.setBody(message.body);
      records.add(record);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(records);
    return event;
  }
}
