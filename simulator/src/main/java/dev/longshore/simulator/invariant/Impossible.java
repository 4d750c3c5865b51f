package dev.longshore.simulator.invariant;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.JobEvent.ChildrenClosed;
import dev.longshore.core.lifecycle.JobEvent.DependenciesMet;
import dev.longshore.core.lifecycle.JobEvent.DependencyFailed;
import dev.longshore.core.lifecycle.JobEvent.DispatchUndone;
import dev.longshore.core.lifecycle.JobEvent.Placed;
import dev.longshore.core.lifecycle.JobEvent.StopRequested;
import dev.longshore.core.lifecycle.JobEvent.TaskStarted;
import dev.longshore.core.lifecycle.JobEvent.TaskStopped;
import dev.longshore.core.lifecycle.JobEvent.TimeoutPassed;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobState.Ended;
import dev.longshore.core.model.JobState.Open;
import dev.longshore.core.model.JobState.Pending;
import dev.longshore.core.model.JobState.Runnable;
import dev.longshore.core.model.JobState.Running;
import dev.longshore.core.model.JobState.Starting;
import dev.longshore.simulator.invariant.Pair.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs that never meet, whatever goes wrong. A run in which one does breaks a law; every other
 * pair is met by seeds, or by a race that every run of many seeds loses on purpose.
 *
 * @param subject of what
 * @param states in these
 * @param events never meet one of these
 * @param reason why
 */
public record Impossible(
    Subject subject,
    Set<Class<? extends JobState>> states,
    Set<Class<? extends JobEvent>> events,
    String reason) {
  private static final Set<Class<? extends JobState>> ANY_STATE =
      Set.of(Pending.class, Runnable.class, Open.class, Starting.class, Running.class, Ended.class);
  private static final Set<Class<? extends JobEvent>> OF_ATTEMPTS =
      Set.of(
          Placed.class,
          DispatchUndone.class,
          TaskStarted.class,
          TaskStopped.class,
          TimeoutPassed.class);
  private static final Set<Class<? extends JobEvent>> OF_DEPENDENCIES =
      Set.of(DependenciesMet.class, DependencyFailed.class);
  private static final Set<Class<? extends JobEvent>> ANY_EVENT =
      Set.of(
          DependenciesMet.class,
          DependencyFailed.class,
          Placed.class,
          DispatchUndone.class,
          TaskStarted.class,
          TaskStopped.class,
          StopRequested.class,
          TimeoutPassed.class,
          ChildrenClosed.class);

  /** All of them. */
  public static final List<Impossible> ALL =
      List.of(
          new Impossible(
              Subject.JOB, Set.of(Open.class), ANY_EVENT, "only the parent of an array is open"),
          new Impossible(
              Subject.JOB, ANY_STATE, Set.of(ChildrenClosed.class), "only arrays have children"),
          new Impossible(
              Subject.JOB,
              Set.of(Pending.class),
              OF_ATTEMPTS,
              "a job that waits had no attempt, and what waits no longer never waits again"),
          new Impossible(
              Subject.JOB,
              Set.of(Runnable.class, Starting.class, Running.class),
              Set.of(DependencyFailed.class),
              "who waits for a job that failed stops waiting only by failing"),
          new Impossible(
              Subject.ARRAY,
              Set.of(Runnable.class, Starting.class, Running.class),
              ANY_EVENT,
              "the parent of an array is never placed"),
          new Impossible(
              Subject.ARRAY, ANY_STATE, OF_ATTEMPTS, "the parent of an array has no attempts"),
          new Impossible(
              Subject.ARRAY,
              Set.of(Pending.class),
              Set.of(ChildrenClosed.class),
              "an array is closed only when it was read as open, and never waits again"),
          new Impossible(
              Subject.ARRAY,
              Set.of(Open.class),
              Set.of(DependencyFailed.class),
              "who waits for a job that failed stops waiting only by failing"),
          new Impossible(
              Subject.CHILD,
              Set.of(Pending.class, Open.class),
              ANY_EVENT,
              "a child is an item from its first placement on; until then it is a place in a page"),
          new Impossible(
              Subject.CHILD, ANY_STATE, OF_DEPENDENCIES, "what children wait for is kept in pages"),
          new Impossible(
              Subject.CHILD, ANY_STATE, Set.of(ChildrenClosed.class), "only arrays have children"),
          new Impossible(
              Subject.CHILD,
              Set.of(Starting.class, Running.class, Ended.class),
              Set.of(Placed.class),
              "a child is placed as it was when it was read waiting; only the write is refused"),
          new Impossible(
              Subject.NODE,
              Set.of(Pending.class, Open.class),
              ANY_EVENT,
              "a node waits for its main node alone, and that without an item"),
          new Impossible(
              Subject.NODE, ANY_STATE, OF_DEPENDENCIES, "the multi-node job waits, not its nodes"),
          new Impossible(
              Subject.NODE, ANY_STATE, Set.of(ChildrenClosed.class), "only arrays have children"),
          new Impossible(
              Subject.NODE,
              ANY_STATE,
              Set.of(DispatchUndone.class),
              "the start of a node is ended, never taken back: its room is its job's"),
          new Impossible(
              Subject.NODE,
              Set.of(Runnable.class),
              Set.of(
                  TaskStarted.class, TaskStopped.class, StopRequested.class, TimeoutPassed.class),
              "a node is placed when it is made, and between two attempts it has ended"),
          new Impossible(
              Subject.NODE,
              Set.of(Starting.class, Ended.class),
              Set.of(TimeoutPassed.class),
              "only running nodes are asked, and as none changes none is read again"));

  /** Why this pair never meets, if it never does. */
  public static Optional<Impossible> of(Pair pair) {
    return ALL.stream()
        .filter(rule ->
            rule.subject == pair.subject()
                && rule.states.contains(pair.state())
                && rule.events.contains(pair.event()))
        .findFirst();
  }
}
