package dev.longshore.local.stream;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream's second reader, for which order counts: it has a thread of its own, and a record that
 * fails holds up the ones behind it until it works, or until it has failed so often that it never
 * will.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final int MOST_RECORDS = 1_000;
  private static final int TRIES = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Function<DynamodbEvent, StreamsEventResponse> reader;
  private final StreamPlace place;
  private final LinkedBlockingQueue<Read> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

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

  /** Records of one shard, in order, the last of them with this number. */
  private record Read(String shard, String last, List<DynamodbStreamRecord> records) {}

  /** Begins to work. */
  void start() {
    thread.start();
  }

  /**
   * Takes what was read of a shard.
   *
   * @param last number of the last record that was read, whether it is among these or not
   */
  void take(String shard, String last, List<DynamodbStreamRecord> records) {
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
        Read read = queue.take();
        for (int from = 0; from < read.records().size(); from += MOST_RECORDS) {
          int to = Math.min(from + MOST_RECORDS, read.records().size());
          publish(new ArrayList<>(read.records().subList(from, to)));
        }
        if (!read.last().isEmpty()) {
          place.reached(read.shard(), read.last());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(List<DynamodbStreamRecord> records) throws InterruptedException {
    int tries = 0;
    while (!records.isEmpty()) {
      int done = published(records);
      tries = done > 0 ? 1 : tries + 1;
      records.subList(0, done).clear();
      if (records.isEmpty()) {
        return;
      }
      if (tries > TRIES) {
        LOG.error("no event is published for {}", records.getFirst());
        records.removeFirst();
        tries = 0;
      } else {
        Thread.sleep(Math.min(LONGEST_PAUSE.toMillis(), 10L << tries));
      }
    }
  }

  /** How many of these, from the first on, need not come again. */
  private int published(List<DynamodbStreamRecord> records) {
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
