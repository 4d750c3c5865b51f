package dev.longshore.local.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again and again until something is there. */
public final class Poll {
  private Poll() {}

  /**
   * The first answer that is not empty; empty when there was none within {@code limit}.
   *
   * @param every pause between two looks
   */
  public static <T> Optional<T> until(Duration limit, Duration every, Supplier<Optional<T>> look)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> seen = look.get();
      if (seen.isPresent() || System.nanoTime() > end) {
        return seen;
      }
      Thread.sleep(every);
    }
  }

  /**
   * Looks until it is so.
   *
   * @param what for the error
   * @throws IllegalStateException when it was not so within {@code limit}
   */
  public static void until(String what, Duration limit, Duration every, BooleanSupplier look)
      throws InterruptedException {
    Optional<Boolean> seen =
        until(limit, every, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
    if (seen.isEmpty()) {
      throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + what);
    }
  }
}
