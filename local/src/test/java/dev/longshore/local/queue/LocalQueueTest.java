package dev.longshore.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LocalQueueTest {
  private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();

  private SQSBatchResponse take(SQSEvent event) {
    batches.add(event.getRecords().stream().map(SQSMessage::getBody).toList());
    return new SQSBatchResponse(List.of());
  }

  private List<String> next() throws InterruptedException {
    List<String> batch = batches.poll(10, TimeUnit.SECONDS);
    assertThat(batch).isNotNull();
    return batch;
  }

  /** So many messages in the order of their batches. */
  private List<String> next(int count) throws InterruptedException {
    List<String> bodies = new ArrayList<>(next());
    while (bodies.size() < count) {
      bodies.addAll(next());
    }
    return bodies;
  }

  @Test
  @DisplayName("Messages that come within the window come together and in order")
  void window() throws InterruptedException {
    Duration window = Duration.ofMillis(100);
    try (LocalQueue queue = new LocalQueue("test", window, this::take)) {
      queue.start();
      long before = System.nanoTime();
      for (String body : List.of("a", "b", "c")) {
        queue.send(body, Duration.ZERO);
      }
      boolean within = System.nanoTime() - before < window.toNanos();
      assertThat(within ? next() : next(3)).containsExactly("a", "b", "c");
    }
  }

  @Test
  @DisplayName("A delayed message comes after its delay and after later ones without a delay")
  void delay() throws InterruptedException {
    Duration delay = Duration.ofMillis(200);
    try (LocalQueue queue = new LocalQueue("test", Duration.ZERO, this::take)) {
      queue.start();
      long before = System.nanoTime();
      queue.send("late", delay);
      queue.send("soon", Duration.ZERO);
      boolean within = System.nanoTime() - before < delay.toNanos();

      List<String> bodies = next(2);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(delay.toNanos());
      assertThat(within ? bodies : List.of("soon", "late")).containsExactly("soon", "late");
    }
  }

  @Test
  @DisplayName("Only a message that is named as failed comes again, and counts as delivered then")
  void failed() throws InterruptedException {
    List<String> delivered = new ArrayList<>();
    boolean[] failed = {false};
    try (LocalQueue queue =
        new LocalQueue(
            "test",
            Duration.ofMillis(50),
            event -> {
              take(event);
              if (failed[0]) {
                return new SQSBatchResponse(List.of());
              }
              failed[0] = true;
              return new SQSBatchResponse(
                  List.of(new BatchItemFailure(event.getRecords().get(1).getMessageId())));
            })) {
      for (String body : List.of("a", "b", "c")) {
        queue.send(body, Duration.ZERO, () -> delivered.add(body));
      }
      queue.start();
      assertThat(next()).containsExactly("a", "b", "c");
      assertThat(next()).containsExactly("b");
      queue.drain();
    }
    assertThat(delivered).containsExactly("a", "c", "b");
  }

  @Test
  @DisplayName("When the consumer throws, the whole batch comes again")
  void thrown() throws InterruptedException {
    boolean[] failed = {false};
    try (LocalQueue queue =
        new LocalQueue(
            "test",
            Duration.ofMillis(50),
            event -> {
              take(event);
              if (!failed[0]) {
                failed[0] = true;
                throw new IllegalStateException("on purpose");
              }
              return new SQSBatchResponse(List.of());
            })) {
      queue.send("a", Duration.ZERO);
      queue.send("b", Duration.ZERO);
      queue.start();

      assertThat(next()).containsExactly("a", "b");
      assertThat(next()).containsExactly("a", "b");
    }
  }
}
