package dev.longshore.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublisherTest {
  @TempDir private Path directory;

  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
  private final Map<String, Integer> fails = new HashMap<>();

  private static List<DynamodbStreamRecord> records(String... numbers) {
    return Stream.of(numbers)
        .map(number -> {
          StreamRecord change = new StreamRecord();
          change.setSequenceNumber(number);
          DynamodbStreamRecord record = new DynamodbStreamRecord();
          record.setDynamodb(change);
          return record;
        })
        .toList();
  }

  /** Stops at the first record that is to fail, as the handler does. */
  private StreamsEventResponse read(DynamodbEvent event) {
    for (DynamodbStreamRecord record : event.getRecords()) {
      String number = record.getDynamodb().getSequenceNumber();
      if (fails.merge(number, -1, Integer::sum) >= 0) {
        return new StreamsEventResponse(List.of(new BatchItemFailure(number)));
      }
      taken.add(number);
    }
    return new StreamsEventResponse(List.of());
  }

  private List<String> next(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    while (all.size() < count) {
      all.add(taken.take());
    }
    return all;
  }

  @Test
  @DisplayName("A record that fails for a while holds up all behind it, and none is lost or moved")
  void keepsOrder() throws InterruptedException {
    fails.put("2", 3);
    try (Publisher publisher = new Publisher(this::read, new StreamPlace(null))) {
      publisher.start();
      publisher.take("s", "3", records("1", "2", "3"));
      publisher.take("s", "4", records("4"));
      assertThat(next(4)).containsExactly("1", "2", "3", "4");
    }
  }

  @Test
  @DisplayName("A record that never works is given up after some tries, and the rest goes on")
  void givesUp() throws InterruptedException {
    fails.put("1", 1_000);
    try (Publisher publisher = new Publisher(this::read, new StreamPlace(null))) {
      publisher.start();
      publisher.take("s", "2", records("1", "2"));
      assertThat(next(1)).containsExactly("2");
    }
  }

  @Test
  @DisplayName("The place in the stream is kept once all before it is published")
  void notesItsPlace() throws InterruptedException, IOException {
    Path file = directory.resolve("published");
    try (Publisher publisher = new Publisher(this::read, new StreamPlace(file))) {
      publisher.start();
      publisher.take("shard-1", "9", records("1", "2"));
      publisher.take("shard-2", "12", records());
      assertThat(next(2)).hasSize(2);
    }
    assertThat(new StreamPlace(file).numbers()).isEqualTo(Map.of("shard-1", "9", "shard-2", "12"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }
}
