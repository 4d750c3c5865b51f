package dev.longshore.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DirtyDomainsTest {

  @Test
  @DisplayName("A nudge during a round makes another round that starts after it")
  void nudgeDuringRound() throws InterruptedException {
    CountDownLatch inRound = new CountDownLatch(1);
    CountDownLatch nudged = new CountDownLatch(1);
    BlockingQueue<String> rounds = new LinkedBlockingQueue<>();
    try (DirtyDomains domains =
        new DirtyDomains(
            "test",
            Duration.ZERO,
            event -> {
              rounds.add(event.getRecords().getFirst().getBody());
              inRound.countDown();
              await(nudged);
            })) {
      domains.start();
      domains.nudge("a");
      inRound.await();
      domains.nudge("a");
      nudged.countDown();

      assertThat(rounds.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
      assertThat(rounds.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
    }
  }

  @Test
  @DisplayName("However nudges fall, the last write before one is seen by a round")
  void noNudgeIsLost() throws InterruptedException {
    AtomicLong written = new AtomicLong();
    AtomicLong seen = new AtomicLong();
    AtomicInteger rounds = new AtomicInteger();
    int writes = 20_000;
    try (DirtyDomains domains =
        new DirtyDomains(
            "test",
            Duration.ZERO,
            _ -> {
              rounds.incrementAndGet();
              seen.set(written.get());
            })) {
      domains.start();
      for (int i = 1; i <= writes; i++) {
        written.set(i);
        domains.nudge("a");
      }
      while (domains.isBusy()) {
        Thread.onSpinWait();
      }
    }
    assertThat(seen.get()).isEqualTo(writes);
    assertThat(rounds.get()).isBetween(1, writes);
  }

  @Test
  @DisplayName("A round that fails does not stop the next one")
  void failedRound() throws InterruptedException {
    BlockingQueue<String> rounds = new LinkedBlockingQueue<>();
    try (DirtyDomains domains =
        new DirtyDomains(
            "test",
            Duration.ZERO,
            event -> {
              rounds.add(event.getRecords().getFirst().getBody());
              throw new IllegalStateException("on purpose");
            })) {
      domains.start();
      domains.nudge("a");
      assertThat(rounds.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
      domains.nudge("b");
      assertThat(rounds.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
