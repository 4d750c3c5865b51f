package dev.longshore.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job queue.
 *
 * @param name name
 * @param enabled the user's wish: a disabled one refuses submissions, its jobs go on
 * @param status ours
 * @param statusReason why it has this status
 * @param priority larger is served earlier
 * @param environments names of its compute environments in ascending order
 * @param orders the number that each of them was given to be ordered by
 * @param schedulingPolicy name of the fair-share policy, absent for a FIFO queue
 * @param timeLimits how long jobs may stand at its head, by reason
 * @param tags tags
 * @param createdAt epoch ms
 * @param version grows by one with each stored change, 1 when created
 */
public record JobQueue(
    String name,
    boolean enabled,
    ResourceStatus status,
    String statusReason,
    int priority,
    List<String> environments,
    List<Integer> orders,
    @Nullable String schedulingPolicy,
    List<TimeLimit> timeLimits,
    Map<String, String> tags,
    long createdAt,
    long version) {
  public JobQueue {
    environments = List.copyOf(environments);
    orders = List.copyOf(orders);
    timeLimits = List.copyOf(timeLimits);
    tags = Map.copyOf(tags);
  }

  /** The next version, with another status. */
  public JobQueue next(ResourceStatus status, String statusReason) {
    return new JobQueue(
        name,
        enabled,
        status,
        statusReason,
        priority,
        environments,
        orders,
        schedulingPolicy,
        timeLimits,
        tags,
        createdAt,
        version + 1);
  }

  /** The next version, with other tags. */
  public JobQueue tagged(Map<String, String> tags) {
    return new JobQueue(
        name,
        enabled,
        status,
        statusReason,
        priority,
        environments,
        orders,
        schedulingPolicy,
        timeLimits,
        tags,
        createdAt,
        version + 1);
  }
}
