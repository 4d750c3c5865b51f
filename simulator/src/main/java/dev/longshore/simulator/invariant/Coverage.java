package dev.longshore.simulator.invariant;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which changes of jobs runs brought about: state by state, and event by event. */
public final class Coverage {
  private static final List<String> STATES =
      List.of("Pending", "Runnable", "Open", "Starting", "Running", "Ended");

  private static final List<String> EVENTS =
      List.of(
          "DependenciesMet",
          "DependencyFailed",
          "Placed",
          "DispatchUndone",
          "TaskStarted",
          "TaskStopped",
          "StopRequested",
          "TimeoutPassed",
          "ChildrenClosed");

  private final Map<String, Integer> transitions = new TreeMap<>();

  private final Map<String, Integer> pairs = new TreeMap<>();

  /** Counts a stored change. */
  void changed(@Nullable Job before, Job after) {
    String to = after.status() + (after.isArrayParent() ? " (array)" : "");
    String from = before == null ? "(new)" : before.status().toString();
    transitions.merge(from + " -> " + to, 1, Integer::sum);
    if (before != null) {
      presented(before.state(), eventOf(before, after));
    }
  }

  /** Counts an event that was presented to a job in this state, whether it changed it or not. */
  public void presented(JobState state, String event) {
    pairs.merge(state.getClass().getSimpleName() + " x " + event, 1, Integer::sum);
  }

  /** The event that must have made this change. */
  private static String eventOf(Job before, Job after) {
    StopRequest stop = after.stop();
    if (stop != null && !stop.equals(before.stop())) {
      return stop.kind() == StopRequest.Kind.TIMEOUT ? "TimeoutPassed" : "StopRequested";
    }
    if (after.attempts().size() > before.attempts().size()) {
      return "TaskStopped";
    }
    return switch (before.state()) {
      case JobState.Pending _ ->
          after.state() instanceof JobState.Ended ? "DependencyFailed" : "DependenciesMet";
      case JobState.Runnable _ -> "Placed";
      case JobState.Open _ -> "ChildrenClosed";
      case JobState.Starting _ ->
          after.state() instanceof JobState.Running ? "TaskStarted" : "DispatchUndone";
      case JobState.Running _ -> "TaskStopped";
      case JobState.Ended _ -> "Placed";
    };
  }

  /** Adds what another run saw. */
  public void add(Coverage other) {
    other.transitions.forEach((name, count) -> transitions.merge(name, count, Integer::sum));
    other.pairs.forEach((name, count) -> pairs.merge(name, count, Integer::sum));
  }

  /** Changes of state with how often each was seen. */
  public Map<String, Integer> transitions() {
    return new TreeMap<>(transitions);
  }

  /** Pairs of state and event that were never seen. */
  public Set<String> neverSeen() {
    Set<String> never = new TreeSet<>();
    for (String state : STATES) {
      for (String event : EVENTS) {
        never.add(state + " x " + event);
      }
    }
    never.removeAll(pairs.keySet());
    return never;
  }

  /** How many pairs were seen, and of how many. */
  public String seen() {
    int all = STATES.size() * EVENTS.size();
    return (all - neverSeen().size()) + " of " + all;
  }
}
