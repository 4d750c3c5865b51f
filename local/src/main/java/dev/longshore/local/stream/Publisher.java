package dev.longshore.local.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.longshore.functions.lambda.LambdaRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream's second reader, for which order counts: it has a thread of its own, and a record that
 * fails holds up the ones behind it. One that fails again and again is set aside and holds up those
 * of its own job only; it is tried for as long as this runs, and never left out. Until it works no
 * later place in the stream is noted, so that a new start begins with it.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final int MOST_RECORDS = 1_000;
  private static final int TRIES = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Function<DynamodbEvent, StreamsEventResponse> reader;
  private final StreamPlace place;
  private final LinkedBlockingQueue<Read> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  // Of the publisher's thread alone: what is set aside, by job, and when it is tried.
  private final Map<String, List<Published>> aside = new LinkedHashMap<>();
  private final Map<String, String> reached = new LinkedHashMap<>();
  private Duration pause = FIRST_PAUSE;
  private long nextTry;

  /**
   * A publisher that has nothing to do yet.
   *
   * @param place where it notes what has been published
   */
  public Publisher(Function<DynamodbEvent, StreamsEventResponse> reader, StreamPlace place) {
    this.reader = reader;
    this.place = place;
    this.thread = Thread.ofPlatform().daemon().name("publisher").unstarted(this::run);
  }

  /**
   * A record from which events may follow.
   *
   * @param group records of the same are published in their order
   */
  record Published(String group, DynamodbStreamRecord record) {}

  /** Records of one shard, in order, the last of them with this number. */
  private record Read(String shard, String last, List<Published> records) {}

  /** Begins to work. */
  void start() {
    thread.start();
  }

  /**
   * Takes what was read of a shard.
   *
   * @param last number of the last record that was read, whether it is among these or not
   */
  void take(String shard, String last, List<Published> records) {
    queue.add(new Read(shard, last, records));
  }

  /** Publishes what it has, for a little while, and ends. */
  @Override
  public void close() {
    closed = true;
    queue.add(new Read("", "", List.of()));
    try {
      thread.join(Duration.ofSeconds(2));
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        Read read =
            aside.isEmpty()
                ? queue.take()
                : queue.poll(Math.max(0, nextTry - System.nanoTime()), NANOSECONDS);
        if (read != null) {
          publish(new ArrayList<>(read.records()));
          if (!read.last().isEmpty()) {
            reached.put(read.shard(), read.last());
          }
        }
        if (!aside.isEmpty() && System.nanoTime() - nextTry >= 0) {
          tryAgain();
        }
        if (aside.isEmpty()) {
          reached.forEach(place::reached);
          reached.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(List<Published> records) throws InterruptedException {
    int tries = 0;
    records.removeIf(this::waitsAside);
    while (!records.isEmpty()) {
      int done = published(records);
      records.subList(0, done).clear();
      tries = done > 0 ? 0 : tries + 1;
      if (tries >= TRIES) {
        String group = records.getFirst().group();
        LOG.error("events of {} cannot be published; they wait, those of others go on", group);
        if (aside.isEmpty()) {
          pause = FIRST_PAUSE;
          nextTry = System.nanoTime() + pause.toNanos();
        }
        aside.put(group, new ArrayList<>());
        records.removeIf(this::waitsAside);
        tries = 0;
      } else if (tries > 0) {
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << tries));
      }
    }
  }

  /** True when the record's job waits: then the record waits behind it. */
  private boolean waitsAside(Published one) {
    List<Published> waiting = aside.get(one.group());
    return waiting != null && waiting.add(one);
  }

  /** Tries what is set aside, each job's from where it failed; later each time. */
  private void tryAgain() {
    boolean any = false;
    for (List<Published> waiting : aside.values()) {
      int done = published(waiting);
      waiting.subList(0, done).clear();
      any |= done > 0;
    }
    aside.values().removeIf(List::isEmpty);
    Duration longer = pause.multipliedBy(2);
    if (any) {
      LOG.info("events that waited are published; those of {} jobs wait still", aside.size());
      pause = FIRST_PAUSE;
    } else {
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
    nextTry = System.nanoTime() + pause.toNanos();
  }

  /** How many of these, from the first on, need not come again. */
  private int published(List<Published> all) {
    List<DynamodbStreamRecord> records =
        all.stream().limit(MOST_RECORDS).map(Published::record).toList();
    try {
      Optional<String> failed =
          reader.apply(LambdaRecords.event(records)).getBatchItemFailures().stream()
              .map(BatchItemFailure::getItemIdentifier)
              .findFirst();
      int index = 0;
      while (index < records.size()
          && !Optional.of(records.get(index).getDynamodb().getSequenceNumber()).equals(failed)) {
        index++;
      }
      return index;
    } catch (RuntimeException e) {
      LOG.warn("a batch of {} records failed", records.size(), e);
      return 0;
    }
  }
}
