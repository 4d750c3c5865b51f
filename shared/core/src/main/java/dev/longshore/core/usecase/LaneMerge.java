package dev.longshore.core.usecase;

import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.port.JobStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several lanes of a queue as one line, newest first. A place in it never changes, so reading may
 * go on after any entry although jobs change lanes meanwhile ({@code data-model} 1).
 */
final class LaneMerge {
  private final List<Source> sources = new ArrayList<>();
  private @Nullable Position last;

  /**
   * A line.
   *
   * @param lanes in the order in which jobs go through them, so that a job that moves on while the
   *     first entries are read is rather seen twice than missed
   * @param after begin behind this place, or null
   * @param portion how many entries to read at a time from each lane
   */
  LaneMerge(JobStore jobs, Collection<LaneKey> lanes, @Nullable Position after, int portion) {
    this.last = after;
    for (LaneKey lane : lanes) {
      sources.add(new Source(jobs, lane, after, portion));
    }
  }

  /** The next entry without taking it; empty at the end. */
  Optional<LineEntry> peek() {
    Source newest = null;
    for (Source source : sources) {
      LineEntry head = source.head(last);
      if (head != null && (newest == null || isNewer(head, newest.head(last)))) {
        newest = source;
      }
    }
    return newest == null ? Optional.empty() : Optional.ofNullable(newest.head(last));
  }

  /** Takes what {@link #peek} gave. */
  void take(LineEntry entry) {
    last = entry.position();
  }

  private static boolean isNewer(LineEntry one, @Nullable LineEntry other) {
    return other == null || one.position().compareTo(other.position()) > 0;
  }

  /** One lane, read in portions. */
  private static final class Source {
    private final JobStore jobs;
    private final LaneKey lane;
    private final int portion;
    private final Deque<LineEntry> read = new ArrayDeque<>();
    private @Nullable Position after;
    private boolean ended;

    Source(JobStore jobs, LaneKey lane, @Nullable Position after, int portion) {
      this.jobs = jobs;
      this.lane = lane;
      this.after = after;
      this.portion = portion;
    }

    /** Its first entry behind this place: a job in two lanes at once is seen once. */
    @Nullable LineEntry head(@Nullable Position behind) {
      while (true) {
        LineEntry first = read.peek();
        if (first == null) {
          if (ended) {
            return null;
          }
          readOn();
        } else if (behind != null && first.position().compareTo(behind) >= 0) {
          read.remove();
        } else {
          return first;
        }
      }
    }

    private void readOn() {
      List<LineEntry> next = jobs.line(lane, after, true, portion);
      ended = next.size() < portion;
      if (!next.isEmpty()) {
        after = next.getLast().position();
        read.addAll(next);
      }
    }
  }
}
