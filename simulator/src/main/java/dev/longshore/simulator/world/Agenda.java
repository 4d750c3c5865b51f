package dev.longshore.simulator.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What will happen and when. Things that are due at the same time happen in a seeded order. */
public final class Agenda {
  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::at)
          .thenComparingLong(Entry::tie)
          .thenComparingLong(Entry::number);

  private final VirtualClock clock;
  private final Chance chance;
  private final PriorityQueue<Entry> entries = new PriorityQueue<>(ORDER);
  private long numbers;

  /**
   * Something that will happen.
   *
   * @param at epoch ms
   * @param tie decides among those of the same time
   * @param number in the order of adding
   * @param inMemory true when it is known to the service's process alone
   * @param what one word or two for the trace
   * @param action what happens
   */
  public record Entry(
      long at, long tie, long number, boolean inMemory, String what, Runnable action) {}

  public Agenda(VirtualClock clock, Chance chance) {
    this.clock = clock;
    this.chance = chance;
  }

  /** Puts something down for {@code delayMillis} from now. */
  public void in(long delayMillis, String what, Runnable action) {
    add(delayMillis, false, what, action);
  }

  /** Like {@link #in}, but forgotten when the service's process ends. */
  public void inMemory(long delayMillis, String what, Runnable action) {
    add(delayMillis, true, what, action);
  }

  private void add(long delayMillis, boolean inMemory, String what, Runnable action) {
    long at = clock.millis() + Math.max(0, delayMillis);
    entries.add(new Entry(at, chance.any(), numbers++, inMemory, what, action));
  }

  /** The service's process has ended. */
  void forget() {
    entries.removeIf(Entry::inMemory);
  }

  /** The time, epoch ms. */
  long now() {
    return clock.millis();
  }

  /** True when nothing more will happen. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Moves time to the next thing and takes it; the caller makes it happen. */
  public Entry next() {
    Entry entry = entries.remove();
    clock.moveTo(entry.at());
    return entry;
  }
}
