package dev.longshore.core.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is stored: a single job, the parent of an array, or a child that was handed over.
 * Only {@code lifecycle.Lifecycle} makes a changed one.
 *
 * @param key identity
 * @param spec what was asked for
 * @param state where it is
 * @param attempts those that are over, oldest first
 * @param nextDispatch number of the next placement of the current attempt
 * @param stop the wish that it ends, if any
 * @param version grows by one with each stored change, 1 when created
 */
public record Job(
    JobKey key,
    JobSpec spec,
    JobState state,
    List<Attempt> attempts,
    int nextDispatch,
    @Nullable StopRequest stop,
    long version) {

  public Job {
    attempts = List.copyOf(attempts);
  }

  /** A new job that was just submitted, or a child that is just handed over. */
  public static Job fresh(JobKey key, JobSpec spec, JobState state) {
    return new Job(key, spec, state, List.of(), 0, null, 1);
  }

  /** What clients see. */
  public JobStatus status() {
    return state.status();
  }

  /** True for a multi-node job as a whole; its dispatch is that of its main node. */
  public boolean isMultiNodeParent() {
    return key.isWhole() && spec.isMultiNode();
  }

  /** True for the parent of an array. */
  public boolean isArrayParent() {
    return key.isWhole() && spec.isArray();
  }

  /** Number of the attempt that runs or comes next, from 1. */
  public int currentAttempt() {
    return attempts.size() + 1;
  }

  /** Where the live attempt is, if there is one. */
  public Optional<Dispatch> dispatch() {
    return switch (state) {
      case JobState.Starting starting -> Optional.of(starting.dispatch());
      case JobState.Running running -> Optional.of(running.dispatch());
      case JobState.Pending _, JobState.Runnable _, JobState.Open _, JobState.Ended _ ->
          Optional.empty();
    };
  }

  /** The key of the live attempt, if there is one. */
  public Optional<AttemptKey> liveAttempt() {
    return dispatch().map(dispatch -> dispatch.keyOf(key));
  }

  /** The task of the live attempt, when it is known. */
  public Optional<String> task() {
    return switch (state) {
      case JobState.Starting starting -> Optional.ofNullable(starting.task());
      case JobState.Running running -> Optional.of(running.task());
      case JobState.Pending _, JobState.Runnable _, JobState.Open _, JobState.Ended _ ->
          Optional.empty();
    };
  }

  /** The last attempt that is over. */
  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /**
   * True when this room on this host is taken for the live attempt. The host counts: a placement
   * that was refused may have left room taken elsewhere under the very same key.
   */
  public boolean holds(HostId host, Reservation reservation) {
    return dispatch()
        .filter(live -> live.host().equals(host))
        .filter(live -> live.keyOf(key).equals(reservation.attempt()))
        .isPresent();
  }

  /** The same job in another state, one version later. */
  public Job in(JobState next) {
    return new Job(key, spec, next, attempts, nextDispatch, stop, version + 1);
  }

  /** This job with the version that follows {@code before}'s, when several events were applied. */
  public Job asNextOf(Job before) {
    return version == before.version() + 1
        ? this
        : new Job(key, spec, state, attempts, nextDispatch, stop, before.version() + 1);
  }
}
