package dev.longshore.simulator.invariant;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What runs brought about: changes of status that were stored, and every event that was held
 * against a job in some state, whether it changed the job or was ignored.
 */
public final class Coverage {
  /** Asked with every event, so looked up once; with the reason. */
  private static final Map<Pair, String> IMPOSSIBLE = new HashMap<>();

  static {
    for (Pair pair : Pair.all()) {
      Impossible.of(pair).ifPresent(rule -> IMPOSSIBLE.put(pair, rule.reason()));
    }
  }

  private final Map<String, Integer> transitions = new TreeMap<>();
  private final Map<Pair, Count> pairs = new TreeMap<>();

  /**
   * How often a pair was met.
   *
   * @param changed times that the job was changed
   * @param ignored times that it was not
   */
  public record Count(int changed, int ignored) {
    private Count plus(Count other) {
      return new Count(changed + other.changed, ignored + other.ignored);
    }
  }

  /** Counts a stored change. */
  void changed(@Nullable Job before, Job after) {
    String to = after.status() + (after.isArrayParent() ? " (array)" : "");
    String from = before == null ? "(new)" : before.status().toString();
    transitions.merge(from + " -> " + to, 1, Integer::sum);
  }

  /** Counts an event that was held against a job; throws when that must be impossible. */
  void applied(Job job, JobEvent event, Step step) {
    Pair pair = Pair.of(job, event);
    Count one =
        switch (step) {
          case Step.Changed _ -> new Count(1, 0);
          case Step.Ignored _ -> new Count(0, 1);
        };
    pairs.merge(pair, one, Count::plus);
    if (IMPOSSIBLE.containsKey(pair)) {
      throw new Violation(
          Law.IMPOSSIBLE_STAYS_SO, pair + " happened to " + job + ", but " + IMPOSSIBLE.get(pair));
    }
  }

  /** Adds what another run saw. */
  public void add(Coverage other) {
    other.transitions.forEach((name, count) -> transitions.merge(name, count, Integer::sum));
    other.pairs.forEach((pair, count) -> pairs.merge(pair, count, Count::plus));
  }

  /** Changes of status with how often each was seen. */
  public Map<String, Integer> transitions() {
    return new TreeMap<>(transitions);
  }

  /** Pairs that were met, with how often. */
  public Map<Pair, Count> pairs() {
    return new TreeMap<>(pairs);
  }

  /** Pairs that are possible and were never met. */
  public List<Pair> neverMet() {
    List<Pair> never = new ArrayList<>();
    for (Pair pair : Pair.all()) {
      if (!pairs.containsKey(pair) && !IMPOSSIBLE.containsKey(pair)) {
        never.add(pair);
      }
    }
    return never;
  }
}
