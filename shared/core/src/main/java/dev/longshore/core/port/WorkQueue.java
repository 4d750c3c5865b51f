package dev.longshore.core.port;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Work that is too large for one stream batch or that is due later. At least once; lost items are
 * found by the sweep.
 */
public interface WorkQueue {

  /** A portion of work. Each handler does a bounded part and sends the rest with a new cursor. */
  sealed interface Work {
    /** Settles the jobs that wait for an ended one. */
    record SettleDependents(JobId target, @Nullable JobId after) implements Work {}

    /** Settles one page of the arrays whose children wait for those of an array. */
    record SettlePairs(JobId target, int page, @Nullable JobId after) implements Work {}

    /**
     * Stops what was handed over of an array whose parent carries a stop request.
     *
     * @param page the page whose children are next
     */
    record StopChildren(JobId parent, int page) implements Work {}

    /**
     * Starts the nodes of a multi-node job whose main node runs.
     *
     * @param from index of the node that is next
     */
    record StartNodes(JobId parent, int from) implements Work {}

    /**
     * Stops the nodes of a multi-node job whose main node is over or told to stop.
     *
     * @param from index of the node that is next
     */
    record StopNodes(JobId parent, int from) implements Work {}

    /**
     * Ends the jobs of a queue that is being deleted, then removes it.
     *
     * @param quietRounds how often in a row none was found; the index lags, so once is not enough
     */
    record EmptyQueue(String queue, int quietRounds) implements Work {}

    /** Nudges the scheduler of a queue, usually later: the back-off of a retry is over. */
    record Wake(String queue) implements Work {}

    /** Repeats the start of a job that is still STARTING. */
    record StartTask(JobKey job) implements Work {}

    /** Stops the task of a job that carries a stop request, until it is over. */
    record StopTask(JobKey job) implements Work {}

    /** Stops a task that runs under an attempt key that is no longer live. */
    record StopStray(AttemptKey attempt, HostId host, String task) implements Work {}

    /** Stops every task of a host that is about to be taken away. */
    record StopHost(HostId host) implements Work {}

    /**
     * Looks whether a host is still out of contact.
     *
     * @param checks how often in a row it was found so
     */
    record CheckHost(HostId host, int checks) implements Work {}
  }

  /** Delivers {@code work} after {@code delay} (at most 15 minutes). */
  void send(Work work, Duration delay);
}
