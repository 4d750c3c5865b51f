package dev.longshore.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.longshore.local.stream.Publisher.Published;
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

  /** Records of one job each, which is named by the letter before the number, if there is one. */
  private static List<Published> records(String... numbers) {
    return Stream.of(numbers)
        .map(number -> {
          StreamRecord change = new StreamRecord();
          change.setSequenceNumber(number);
          DynamodbStreamRecord record = new DynamodbStreamRecord();
          record.setDynamodb(change);
          return new Published(number.substring(0, 1), record);
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
  @DisplayName("A record that fails and fails holds up its own job alone, and no place behind it")
  void setsAside() throws InterruptedException {
    Path file = directory.resolve("published");
    fails.put("a1", Integer.MAX_VALUE);
    try (Publisher publisher = new Publisher(this::read, new StreamPlace(file))) {
      publisher.start();
      publisher.take("s", "b2", records("a1", "b1", "a2", "b2"));
      publisher.take("s", "b3", records("a3", "b3"));
      assertThat(next(3)).containsExactly("b1", "b2", "b3");
    }
    assertThat(taken).isEmpty();
    assertThat(new StreamPlace(file).numbers()).isEmpty();
  }

  @Test
  @DisplayName("A record that works at last is followed by those of its job, none of them left out")
  void neverLeavesOut() throws InterruptedException {
    Path file = directory.resolve("published");
    fails.put("a1", 8);
    fails.put("a2", 3);
    try (Publisher publisher = new Publisher(this::read, new StreamPlace(file))) {
      publisher.start();
      publisher.take("s", "b1", records("a1", "a2", "b1"));
      publisher.take("s", "a3", records("a3"));
      List<String> all = next(4);
      assertThat(all).containsExactlyInAnyOrder("a1", "a2", "a3", "b1");
      assertThat(all.stream().filter(one -> one.startsWith("a"))).containsExactly("a1", "a2", "a3");
      publisher.take("s", "b4", records("b4"));
      assertThat(next(1)).containsExactly("b4");
    }
    assertThat(new StreamPlace(file).numbers()).isEqualTo(Map.of("s", "b4"));
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
