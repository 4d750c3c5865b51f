package dev.longshore.core.port;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops tasks: ECS, or processes and containers on this machine. Only the scheduler's
 * round calls it. What happens to a task is told by events, never by these answers. All but {@link
 * #start} may throw a {@link StoreException} when they were throttled or not answered.
 */
public interface TaskRunner {

  /**
   * What to start. It comes from stored data alone, so that a repeated call is the same call.
   *
   * @param job a job in STARTING
   * @param definition its revision
   * @param document what was submitted
   * @param main of a node but the main one: the whole multi-node job, whose task is the main
   *     node's; otherwise absent
   */
  record Start(Job job, JobDefinition definition, JobDocument document, @Nullable Job main) {

    /** Of a job that needs nothing of others. */
    public Start(Job job, JobDefinition definition, JobDocument document) {
      this(job, definition, document, null);
    }
  }

  /** What became of a start. */
  sealed interface StartAnswer {
    /** Asked for, now or by an earlier identical call. */
    record Accepted() implements StartAnswer {}

    /** The host did not take it; the dispatch is undone and does not count as an attempt. */
    record Refused(String reason) implements StartAnswer {}

    /** It can never start as it is defined; the attempt ends. */
    record Unstartable(String reason) implements StartAnswer {}

    /** Throttled or timed out: it may have been started. The same call is right later. */
    record Unknown(String reason) implements StartAnswer {}
  }

  /**
   * A task that the runner knows.
   *
   * @param attempt whose it is
   * @param host where
   * @param task its ID
   * @param running false when it has stopped
   */
  record KnownTask(AttemptKey attempt, HostId host, String task, boolean running) {}

  /** Starts a task, at most once for one {@link AttemptKey}, however often it is called. */
  StartAnswer start(Start start);

  /**
   * Asks a task to end: SIGTERM, 30 s, SIGKILL. A task that is not there is no error.
   *
   * @param task its ID, when known
   */
  void stop(AttemptKey attempt, HostId host, @Nullable String task, String reason);

  /** Tasks of this attempt, running ones and those that stopped within the last hour. */
  List<KnownTask> tasks(AttemptKey attempt, HostId host);

  /** Running tasks of a host that carry one of our keys. */
  List<KnownTask> running(HostId host);

  /**
   * Hosts of this environment that exist and are out of contact now. Nothing can be started or
   * stopped there; tasks that run go on. A runner that is always in contact has none.
   */
  default Set<HostId> unreachable(String environment) {
    return Set.of();
  }
}
