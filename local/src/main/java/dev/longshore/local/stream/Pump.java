package dev.longshore.local.stream;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.longshore.aws.stream.StreamImages;
import dev.longshore.aws.stream.StreamRecords;
import dev.longshore.functions.lambda.LambdaRecords;
import dev.longshore.local.stream.Publisher.Published;
import dev.longshore.local.stream.Shards.Portion;
import dev.longshore.local.timers.Delays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads the table's stream for two readers and hands on what each one's mapping lets through. It
 * sleeps until somebody writes, so it costs next to nothing while nothing happens; a look from time
 * to time makes sure. Records that fail are handed on again alone, later each time, while the
 * others go on: the first reader acts on what is stored, not on the order of records. The second
 * one publishes them in order.
 *
 * <p>At a start it begins behind all records, because the service settles everything then, unless
 * events are kept: then it begins where their publishing ended, the first time with all that the
 * stream still has ({@code data-model} 11).
 */
public final class Pump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
  private static final Duration SAFETY_LOOK = Duration.ofMillis(500);

  /** From one batch to the next at least: enough for what comes meanwhile to share reads. */
  private static final Duration GATHER = Duration.ofMillis(8);

  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  /**
   * A record can be read a moment after its write: looks after a write, in ms from look to look.
   */
  private static final int[] LOOKS = {0, 1, 1, 2, 4, 8, 16, 32};

  private final DynamoDbStreamsClient streams;
  private final String arn;
  private final Function<DynamodbEvent, StreamsEventResponse> reader;
  private final Publisher publisher;
  private final Delays retries = new Delays("stream-retries");
  private final Wake wake;
  private final Thread thread;
  private Shards shards;
  private volatile boolean closed;

  /**
   * Takes its place in the stream; nothing is read before {@link #start}.
   *
   * @param arn of the stream
   * @param wake called when something was written to the table
   * @param reader acts on what is stored
   * @param publisher publishes what was stored, in order
   * @param place up to where an earlier run published
   */
  public Pump(
      DynamoDbStreamsClient streams,
      String arn,
      Wake wake,
      Function<DynamodbEvent, StreamsEventResponse> reader,
      Publisher publisher,
      StreamPlace place) {
    this.streams = streams;
    this.arn = arn;
    this.wake = wake;
    this.reader = reader;
    this.publisher = publisher;
    this.shards =
        place.isKept() ? Shards.behind(streams, arn, place.numbers()) : Shards.latest(streams, arn);
    this.thread = Thread.ofPlatform().daemon().name("stream").unstarted(this::run);
  }

  /** Begins to read. */
  public void start() {
    publisher.start();
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    wake.call();
    retries.close();
    try {
      thread.join(Duration.ofSeconds(2));
      publisher.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        boolean wrote = wake.sleep(SAFETY_LOOK);
        int look = 0;
        while (!closed && look < (wrote ? LOOKS.length : 1)) {
          if (wake.sleep(Duration.ofMillis(LOOKS[look]))) {
            wrote = true;
            look = 0;
          }
          if (readOnce()) {
            look = 0;
            Thread.sleep(GATHER);
          } else {
            look++;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True when there were records. */
  private boolean readOnce() {
    List<Portion> portions;
    try {
      portions = shards.next();
    } catch (ExpiredIteratorException | TrimmedDataAccessException lostPlace) {
      LOG.warn("reads the whole stream again", lostPlace);
      shards = Shards.oldest(streams, arn);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the stream cannot be read", e);
      return false;
    }
    List<DynamodbStreamRecord> interesting = new ArrayList<>();
    for (Portion portion : portions) {
      List<Published> published = new ArrayList<>();
      for (Record record : portion.records()) {
        try {
          sort(record, interesting, published);
        } catch (IllegalArgumentException foreign) {
          // Nothing of ours has such a key; the records behind it must not wait for it.
          LOG.error("a record that cannot be read is left out", foreign);
        }
      }
      String last = portion.records().getLast().dynamodb().sequenceNumber();
      publisher.take(portion.shard(), last, published);
    }
    hand(interesting, 0);
    return !portions.isEmpty();
  }

  /** Adds a record to those that something follows from, or that are published. */
  private static void sort(
      Record record, List<DynamodbStreamRecord> interesting, List<Published> published) {
    boolean progress = StreamRecords.isInteresting(record);
    boolean publish = StreamImages.isInteresting(record);
    if (progress || publish) {
      DynamodbStreamRecord delivered = LambdaRecords.of(record);
      if (progress) {
        interesting.add(delivered);
      }
      if (publish) {
        published.add(new Published(StreamImages.orderedBy(record), delivered));
      }
    }
  }

  private void hand(List<DynamodbStreamRecord> records, int tries) {
    if (records.isEmpty()) {
      return;
    }
    List<DynamodbStreamRecord> failed = records;
    try {
      Set<String> numbers =
          reader.apply(LambdaRecords.event(records)).getBatchItemFailures().stream()
              .map(BatchItemFailure::getItemIdentifier)
              .collect(Collectors.toSet());
      failed =
          records.stream()
              .filter(record -> numbers.contains(record.getDynamodb().getSequenceNumber()))
              .toList();
    } catch (RuntimeException e) {
      LOG.warn("a batch of {} stream records failed", records.size(), e);
    }
    if (!failed.isEmpty() && !closed) {
      long millis = Math.min(LONGEST_RETRY.toMillis(), 100L << Math.min(tries, 10));
      List<DynamodbStreamRecord> again = failed;
      retries.after(Duration.ofMillis(millis), () -> hand(again, tries + 1));
    }
  }
}
