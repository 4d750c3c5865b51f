package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.lifecycle.Reasons;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a stored change of a job may be. */
final class JobLaws {
  private final Shadow shadow;
  private final TaskLaws tasks;
  private final Map<String, Set<JobId>> dependencies;
  private final Map<JobKey, Dispatch> lastDispatch = new HashMap<>();

  /** {@code dependencies}: what each job, by name, was submitted to wait for. */
  JobLaws(Shadow shadow, TaskLaws tasks, Map<String, Set<JobId>> dependencies) {
    this.shadow = shadow;
    this.tasks = tasks;
    this.dependencies = dependencies;
  }

  void stored(@Nullable Job before, Job after, long now) {
    if (before != null) {
      unless(
          !(before.state() instanceof JobState.Ended) || beginsAgain(before, after),
          Law.TERMINAL_IS_TERMINAL,
          before + " became " + after);
      historyGrows(before, after);
      unless(
          allowed(before.state(), after.state()) || beginsAgain(before, after),
          Law.ALLOWED_STEPS_ONLY,
          before + " became " + after);
    }
    dependenciesMet(after);
    if (after.state() instanceof JobState.Starting starting
        && !(before != null && before.state() instanceof JobState.Starting)) {
      starts(before, after, starting.dispatch(), now);
    }
    if (after.attempts().size() > (before == null ? 0 : before.attempts().size())) {
      attemptOver(after);
    }
    if (after.state() instanceof JobState.Ended ended) {
      ends(after, ended);
    }
  }

  /** A retry of a multi-node job begins its nodes again, each with a later placement. */
  private static boolean beginsAgain(Job before, Job after) {
    boolean later =
        after.dispatch().isPresent() || after.attempts().size() > before.attempts().size();
    return after.key().member() == JobKey.Member.NODE
        && before.state() instanceof JobState.Ended
        && later;
  }

  private static void historyGrows(Job before, Job after) {
    boolean attempts =
        after.attempts().size() >= before.attempts().size()
            && withoutGangs(after.attempts().subList(0, before.attempts().size()))
                .equals(withoutGangs(before.attempts()));
    unless(attempts, Law.HISTORY_ONLY_GROWS, "attempts lost: " + before + " became " + after);
    StopRequest stop = before.stop();
    boolean kept = stop == null || after.stop() != null || beginsAgain(before, after);
    unless(kept, Law.HISTORY_ONLY_GROWS, "stop lost: " + before + " became " + after);
    if (before.state() instanceof JobState.Pending was
        && after.state() instanceof JobState.Pending is) {
      unless(
          was.waits().containsAll(is.waits()),
          Law.HISTORY_ONLY_GROWS,
          "a met dependency is back: " + before + " became " + after);
    }
    unless(before.spec().equals(after.spec()), Law.HISTORY_ONLY_GROWS, "changed: " + after);
  }

  /** Only the last attempt of a multi-node job says where its nodes were. */
  private static List<Attempt> withoutGangs(List<Attempt> attempts) {
    return attempts.stream().map(Attempt::withoutGang).toList();
  }

  private static boolean allowed(JobState from, JobState to) {
    boolean fails = to instanceof JobState.Ended ended && !ended.succeeded();
    return switch (from) {
      case JobState.Pending _ ->
          fails
              || to instanceof JobState.Pending
              || to instanceof JobState.Runnable
              || to instanceof JobState.Open;
      case JobState.Runnable _ -> fails || to.equals(from) || to instanceof JobState.Starting;
      case JobState.Open _ -> to instanceof JobState.Open || to instanceof JobState.Ended;
      case JobState.Starting was ->
          switch (to) {
            case JobState.Starting is -> is.dispatch().equals(was.dispatch());
            case JobState.Running is -> is.dispatch().equals(was.dispatch());
            case JobState.Runnable _, JobState.Ended _ -> true;
            case JobState.Pending _, JobState.Open _ -> false;
          };
      case JobState.Running was ->
          switch (to) {
            case JobState.Running is -> is.equals(was);
            case JobState.Runnable _, JobState.Ended _ -> true;
            case JobState.Pending _, JobState.Open _, JobState.Starting _ -> false;
          };
      case JobState.Ended _ -> false;
    };
  }

  /** A job that does not wait, or no longer for some, must have seen those succeed. */
  private void dependenciesMet(Job after) {
    if (!after.key().isWhole() || after.state() instanceof JobState.Ended) {
      return;
    }
    Set<JobId> met = new TreeSet<>(dependencies.getOrDefault(after.spec().name(), Set.of()));
    if (after.state() instanceof JobState.Pending pending) {
      met.removeAll(pending.waits());
    }
    for (JobId id : met) {
      unless(
          shadow.succeeded(id),
          Law.DEPENDENCIES_RESPECTED,
          after + " does not wait for " + id + ", which has not succeeded");
    }
  }

  private void starts(@Nullable Job before, Job after, Dispatch dispatch, long now) {
    boolean again = before != null && beginsAgain(before, after);
    boolean told = after.stop() != null || (before != null && !again && before.stop() != null);
    unless(!told, Law.TOLD_TO_STOP_STAYS_STOPPED, "placed: " + after);
    if (!after.key().isWhole()) {
      // The request's own time is the clock of a handler that may have been held up since.
      unless(
          now - tasks.toldToStop(JobKey.whole(after.key().job())).orElse(now)
              < TaskLaws.IN_FLIGHT_MILLIS,
          Law.TOLD_TO_STOP_STAYS_STOPPED,
          "placed though its parent was long told to stop: " + after);
    }
    unless(
        dispatch.attempt() == after.attempts().size() + 1
            || after.key().member() == JobKey.Member.NODE,
        Law.ONE_LIVE_ATTEMPT,
        "wrong number of attempt: " + after);
    Dispatch last = lastDispatch.put(after.key(), dispatch);
    unless(
        last == null
            || dispatch.attempt() > last.attempt()
            || (dispatch.attempt() == last.attempt() && dispatch.dispatch() > last.dispatch()),
        Law.ONE_LIVE_ATTEMPT,
        "dispatched twice under one key: " + after);
    unless(
        !tasks.runs(after.key()), Law.ONE_LIVE_ATTEMPT, "placed while a task of it runs: " + after);
    unless(
        tasks.reserved(dispatch.host(), dispatch.keyOf(after.key())),
        Law.RESERVED_BEFORE_USED,
        "placed without room: " + after);
  }

  private void attemptOver(Job after) {
    Attempt attempt = after.attempts().getLast();
    AttemptKey key = attempt.dispatch().keyOf(after.key());
    unless(
        tasks.isOver(key), Law.ONE_LIVE_ATTEMPT, "recorded as over while its task runs: " + after);
    Integer exitCode = attempt.exitCode();
    unless(
        exitCode == null || tasks.exitedWith(key, exitCode),
        Law.ENDS_AS_ITS_TASK_DID,
        "its task did not exit with " + exitCode + ": " + after);
    unless(
        after.attempts().size() <= after.spec().retry().attempts(),
        Law.RETRIES_AS_OFTEN_AS_ASKED,
        "too many attempts: " + after);
    unless(
        after.stop() == null || !(after.state() instanceof JobState.Runnable),
        Law.TOLD_TO_STOP_STAYS_STOPPED,
        "waits again: " + after);
  }

  private void ends(Job after, JobState.Ended ended) {
    if (after.isArrayParent()) {
      return;
    }
    if (ended.succeeded()) {
      boolean exitedWithZero =
          after
              .lastAttempt()
              .map(attempt -> tasks.exitedWith(attempt.dispatch().keyOf(after.key()), 0))
              .orElse(false);
      unless(exitedWithZero, Law.ENDS_AS_ITS_TASK_DID, "no task of it exited with 0: " + after);
      boolean node = after.key().member() == JobKey.Member.NODE;
      unless(
          node || after.stop() == null,
          Law.ENDS_AS_ITS_TASK_DID,
          "stopped, yet succeeded: " + after);
    }
    unless(
        !tasks.runs(after.key()), Law.ONE_LIVE_ATTEMPT, "ended while a task of it runs: " + after);
  }

  /** When all is quiet: a job with a failed dependency failed for that, and the other way. */
  void atTheEnd(Job job) {
    if (!job.key().isWhole() || !(job.state() instanceof JobState.Ended ended)) {
      return;
    }
    Set<JobId> waited = dependencies.getOrDefault(job.spec().name(), Set.of());
    boolean oneFailed = waited.stream().anyMatch(shadow::failed);
    boolean saysSo = ended.reason().equals(Reasons.DEPENDENCY_FAILED);
    unless(
        oneFailed ? !ended.succeeded() && (saysSo || job.stop() != null) : !saysSo,
        Law.DEPENDENCIES_RESPECTED,
        job + " waited for " + waited);
  }
}
