package dev.longshore.simulator.invariant;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A state and an event that may meet in it.
 *
 * @param subject what is in this state
 * @param state which one
 * @param event the kind of event
 */
public record Pair(
    Subject subject, Class<? extends JobState> state, Class<? extends JobEvent> event)
    implements Comparable<Pair> {
  private static final Comparator<Pair> ORDER =
      Comparator.comparing(Pair::subject)
          .thenComparingInt(pair -> states().indexOf(pair.state()))
          .thenComparingInt(pair -> events().indexOf(pair.event()));

  /** What has a life of its own. */
  public enum Subject {
    /** A job that is no array; of a multi-node job the main node. */
    JOB,
    /** The parent of an array. */
    ARRAY,
    /** A child of an array that was handed over. */
    CHILD,
    /** A node of a multi-node job, but its main one. */
    NODE
  }

  /** What this event meets, if it is held against the job as it is. */
  public static Pair of(Job job, JobEvent event) {
    Subject subject =
        switch (job.key().member()) {
          case WHOLE -> job.isArrayParent() ? Subject.ARRAY : Subject.JOB;
          case CHILD -> Subject.CHILD;
          case NODE -> Subject.NODE;
        };
    return new Pair(subject, job.state().getClass(), event.getClass());
  }

  /** Every pair there is, possible or not. */
  public static List<Pair> all() {
    List<Pair> all = new ArrayList<>();
    for (Subject subject : Subject.values()) {
      for (Class<? extends JobState> state : states()) {
        for (Class<? extends JobEvent> event : events()) {
          all.add(new Pair(subject, state, event));
        }
      }
    }
    return all;
  }

  private static List<Class<? extends JobState>> states() {
    return permitted(JobState.class);
  }

  private static List<Class<? extends JobEvent>> events() {
    return permitted(JobEvent.class);
  }

  private static <T> List<Class<? extends T>> permitted(Class<T> sealed) {
    List<Class<? extends T>> kinds = new ArrayList<>();
    for (Class<?> kind : sealed.getPermittedSubclasses()) {
      kinds.add(kind.asSubclass(sealed));
    }
    return kinds;
  }

  @Override
  public int compareTo(Pair other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%-5s %-8s x %s".formatted(subject, state.getSimpleName(), event.getSimpleName());
  }
}
