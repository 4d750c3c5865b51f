package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.ShareBook.Share;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.Snapshots.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what waits in the lanes of queues: neighbours that ask for the same are decided together,
 * and so are the waiting children of an array. It keeps what one round reads.
 */
final class LineReader {
  /** At most this many jobs of a queue are looked at at once. */
  static final int WINDOW = 1000;

  /** With more shares than this, a round looks at fewer jobs of each. */
  private static final int MANY_SHARES = 20;

  private static final int OF_MANY = 100;

  private final JobStore jobs;
  private final Set<JobKey> excluded;
  private final long now;
  private final List<Line> lines = new ArrayList<>();
  private final Set<LaneKey> looked = new HashSet<>();
  private final Set<LaneKey> filled = new HashSet<>();
  private final List<Rest> rests = new ArrayList<>();

  /**
   * For a round at {@code now}, epoch ms.
   *
   * @param excluded jobs that are left out
   */
  LineReader(JobStore jobs, Set<JobKey> excluded, long now) {
    this.jobs = jobs;
    this.excluded = excluded;
    this.now = now;
  }

  /**
   * A lane in which there may be more than was read.
   *
   * @param after what was read ends here; null when nothing was
   */
  record Rest(LaneKey lane, @Nullable Position after) {}

  /** What was read, each queue in its order. */
  List<Line> lines() {
    return lines;
  }

  /** Lanes of which at least the beginning was read. */
  Set<LaneKey> looked() {
    return looked;
  }

  /** Lanes in which jobs were found, those that cannot be placed yet among them. */
  Set<LaneKey> filled() {
    return filled;
  }

  /** What is left of the lanes. */
  List<Rest> rests() {
    return rests;
  }

  /** Reads about {@code window} jobs of a FIFO queue from the beginning. */
  void begin(JobQueue queue, int window) {
    begin(queue.name(), null, 0, window);
  }

  /** Reads of each share its own first jobs, whatever the others have waiting. */
  void begin(JobQueue queue, ShareBook book, int window) {
    int ofEach = book.shares().size() <= MANY_SHARES ? window : Math.min(window, OF_MANY);
    for (Share share : book.shares()) {
      int seen = 0;
      List<Integer> priorities =
          share.priorities().keySet().stream().sorted(Comparator.reverseOrder()).toList();
      for (int priority : priorities) {
        if (seen < ofEach) {
          seen += begin(queue.name(), share.name(), priority, ofEach - seen);
        } else {
          for (LaneKey lane : lanes(queue.name(), share.name(), priority)) {
            rests.add(new Rest(lane, null));
          }
        }
      }
    }
  }

  private static List<LaneKey> lanes(String queue, @Nullable String share, int priority) {
    return List.of(
        LaneKey.of(queue, Lane.RUNNABLE, share, priority),
        LaneKey.of(queue, Lane.OPEN, share, priority));
  }

  /** How many jobs were found in the two lanes. */
  private int begin(String queue, @Nullable String share, int priority, int window) {
    Map<LaneKey, List<LineEntry>> read = new HashMap<>();
    List<LineEntry> entries = new ArrayList<>();
    for (LaneKey lane : lanes(queue, share, priority)) {
      List<LineEntry> some = jobs.line(lane, null, false, window);
      looked.add(lane);
      if (!some.isEmpty()) {
        filled.add(lane);
      }
      read.put(lane, some);
      entries.addAll(some);
    }
    entries.sort(Comparator.comparing(LineEntry::position));
    Window seen = new Window(new LaneKey(queue, Lane.RUNNABLE, share, priority), window);
    seen.take(entries);
    for (LaneKey lane : lanes(queue, share, priority)) {
      List<LineEntry> some = read.getOrDefault(lane, List.of());
      List<LineEntry> taken = some.stream().filter(seen::isTaken).toList();
      if (some.size() == window || taken.size() < some.size()) {
        rests.add(new Rest(lane, taken.isEmpty() ? null : taken.getLast().position()));
      }
    }
    return seen.count;
  }

  /**
   * Reads the next {@link #WINDOW} jobs of a lane, fewer of arrays: each has pages to read.
   *
   * @param wanted which of them are worth a look
   * @return what is still left; empty at the end of the lane
   */
  Optional<Rest> goOn(Rest rest, Predicate<LineEntry> wanted) {
    int most = rest.lane().lane() == Lane.OPEN ? OF_MANY : WINDOW;
    List<LineEntry> some = jobs.line(rest.lane(), rest.after(), false, most);
    if (!some.isEmpty()) {
      filled.add(rest.lane());
    }
    new Window(rest.lane(), Integer.MAX_VALUE).take(some.stream().filter(wanted).toList());
    return some.size() < most
        ? Optional.empty()
        : Optional.of(new Rest(rest.lane(), some.getLast().position()));
  }

  /** Puts entries together until there are enough. */
  private final class Window {
    private final LaneKey like;
    private final int most;
    private List<LineEntry> run = new ArrayList<>();
    private @Nullable Position last;
    private int count;

    /**
     * For entries of one queue, share and priority.
     *
     * @param most it ends when it has so many jobs
     */
    Window(LaneKey like, int most) {
      this.like = like;
      this.most = most;
    }

    /** True when the window reaches as far as this entry. */
    boolean isTaken(LineEntry entry) {
      return last != null && entry.position().compareTo(last) <= 0;
    }

    /** Takes from the beginning of these, which are in the order of the line. */
    void take(List<LineEntry> entries) {
      Map<JobKey, Job> parents =
          jobs.findAll(
              entries.stream()
                  .filter(entry -> entry.lane() == Lane.OPEN)
                  .map(entry -> JobKey.whole(entry.job()))
                  .toList());
      for (LineEntry entry : entries) {
        if (count >= most) {
          break;
        }
        last = entry.position();
        JobKey key = JobKey.whole(entry.job());
        if (!excluded.contains(key)) {
          take(entry, parents.get(key));
        }
      }
      endRun();
    }

    private void take(LineEntry entry, @Nullable Job parent) {
      boolean array = entry.lane() == Lane.OPEN;
      boolean gang = entry.nodes() != null;
      if (!run.isEmpty() && (array || gang || !asksTheSame(run.getLast(), entry))) {
        endRun();
      }
      if (array) {
        count += parent == null ? 0 : array(parent, Math.min(most, WINDOW));
      } else if (gang) {
        lines.add(gang(like, entry));
        count++;
      } else {
        run.add(entry);
        count++;
      }
    }

    private void endRun() {
      if (!run.isEmpty()) {
        lines.add(singles(like, run));
        run = new ArrayList<>();
      }
    }
  }

  private static boolean asksTheSame(LineEntry one, LineEntry other) {
    return one.shape().equals(other.shape()) && one.needs().equals(other.needs());
  }

  private static Line singles(LaneKey like, List<LineEntry> run) {
    LineEntry first = run.getFirst();
    Demand demand =
        new Demand(
            like.queue(),
            first.shape(),
            run.size(),
            JobKey.whole(first.job()),
            first.position(),
            false,
            first.needs(),
            like.share(),
            like.priority());
    return new Line(
        demand, run.stream().map(entry -> (Candidate) new Candidate.Single(entry)).toList());
  }

  private static Line gang(LaneKey like, LineEntry entry) {
    Demand demand =
        new Demand(
            like.queue(),
            entry.shape(),
            1,
            JobKey.whole(entry.job()),
            entry.position(),
            false,
            entry.needs(),
            like.share(),
            like.priority(),
            entry.nodes());
    return new Line(demand, List.of(new Candidate.Gang(entry)));
  }

  /** A line of this job alone, with nothing of it to be placed. */
  static Line alone(Job job) {
    JobSpec spec = job.spec();
    return new Line(
        new Demand(
            spec.queue(),
            spec.shape(),
            1,
            job.key(),
            LineEntry.of(job).position(),
            !job.attempts().isEmpty(),
            spec.needs(),
            spec.share(),
            spec.share() == null ? 0 : spec.priority(),
            spec.nodes()),
        List.of());
  }

  /** Adds the line of an open array; how many children of it wait. */
  private int array(Job parent, int window) {
    if (!(parent.state() instanceof JobState.Open) || parent.stop() != null) {
      return 0;
    }
    int waiting = 0;
    List<JobKey> fresh = new ArrayList<>();
    List<JobKey> again = new ArrayList<>();
    for (ArrayPage page : ArrayFamily.allPages(parent, jobs.pages(parent.key().job()))) {
      for (int place = 0; place < page.states().size(); place++) {
        ChildState state = page.states().at(place);
        JobKey key = JobKey.child(parent.key().job(), page.first() + place);
        if (!state.isRunnable() || excluded.contains(key)) {
          continue;
        }
        waiting++;
        List<JobKey> some = state == ChildState.RUNNABLE ? fresh : again;
        if (some.size() < window) {
          some.add(key);
        }
      }
    }
    List<Candidate> candidates = new ArrayList<>(again(parent, again));
    waiting -= again.size() - candidates.size();
    fresh.stream()
        .limit(Math.max(0, window - candidates.size()))
        .forEach(key -> candidates.add(new Candidate.Child(key, parent, null)));
    if (candidates.isEmpty()) {
      return 0;
    }
    boolean retry = candidates.getFirst() instanceof Candidate.Child child && child.item() != null;
    LineEntry.Position order = LineEntry.of(parent).position();
    JobKey first = candidates.getFirst().key();
    lines.add(
        new Line(
            new Demand(
                parent.spec().queue(),
                parent.spec().shape(),
                waiting,
                first,
                order,
                retry,
                parent.spec().needs(),
                parent.spec().share(),
                parent.spec().share() == null ? 0 : parent.spec().priority()),
            candidates));
    return waiting;
  }

  /** Children whose attempt failed and whose next one may start now. */
  private List<Candidate> again(Job parent, List<JobKey> keys) {
    Map<JobKey, Job> items = keys.isEmpty() ? Map.of() : jobs.findAll(new HashSet<>(keys));
    List<Candidate> due = new ArrayList<>();
    for (JobKey key : keys) {
      Job item = items.get(key);
      if (item != null
          && item.state() instanceof JobState.Runnable runnable
          && runnable.notBefore() <= now) {
        due.add(new Candidate.Child(key, parent, item));
      }
    }
    return due;
  }
}
