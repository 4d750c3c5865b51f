package dev.longshore.simulator.memory;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The index of the queues. A change is seen some time after it was made; changes of one job are
 * seen in order, those of different jobs need not be.
 */
final class LaggingIndex {
  private final InstantSource clock;
  private final LongSupplier lagMillis;
  private final Map<LaneKey, NavigableMap<Position, LineEntry>> lanes = new HashMap<>();
  private final Map<JobId, LaneKey> shown = new HashMap<>();
  private final Map<JobId, Long> lastDue = new HashMap<>();
  private final PriorityQueue<Update> updates =
      new PriorityQueue<>(Comparator.comparingLong(Update::due).thenComparingLong(Update::number));
  private long numbers;

  private record Update(
      long due, long number, JobId job, @Nullable LaneKey place, LineEntry entry) {}

  LaggingIndex(InstantSource clock, LongSupplier lagMillis) {
    this.clock = clock;
    this.lagMillis = lagMillis;
  }

  void put(String queue, LineEntry entry) {
    add(LaneKey.of(queue, entry.lane(), entry.share(), entry.priority()), entry);
  }

  void remove(LineEntry entry) {
    add(null, entry);
  }

  private void add(@Nullable LaneKey place, LineEntry entry) {
    long due = clock.millis() + lagMillis.getAsLong();
    due = Math.max(due, lastDue.getOrDefault(entry.job(), 0L));
    lastDue.put(entry.job(), due);
    updates.add(new Update(due, numbers++, entry.job(), place, entry));
  }

  List<LineEntry> line(LaneKey lane, @Nullable Position after, boolean newestFirst, int limit) {
    settle();
    NavigableMap<Position, LineEntry> entries = lanes.getOrDefault(lane, new TreeMap<>());
    if (newestFirst) {
      entries = entries.descendingMap();
    }
    if (after != null) {
      entries = entries.tailMap(after, false);
    }
    List<LineEntry> found = new ArrayList<>();
    for (LineEntry entry : entries.values()) {
      if (found.size() == limit) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  private void settle() {
    long now = clock.millis();
    for (Update next = updates.peek(); next != null && next.due() <= now; next = updates.peek()) {
      updates.remove();
      LaneKey before = shown.remove(next.job());
      if (before != null) {
        laneOf(before).remove(next.entry().position());
      }
      if (next.place() != null) {
        shown.put(next.job(), next.place());
        laneOf(next.place()).put(next.entry().position(), next.entry());
      }
    }
  }

  private NavigableMap<Position, LineEntry> laneOf(LaneKey place) {
    return lanes.computeIfAbsent(place, _ -> new TreeMap<>());
  }
}
