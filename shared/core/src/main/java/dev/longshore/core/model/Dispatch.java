package dev.longshore.core.model;

/**
 * Where one attempt was sent.
 *
 * @param host the host whose room is reserved for it
 * @param containerInstance ECS container instance ID (the last part of its ARN)
 * @param attempt what the user counts, from 1
 * @param dispatch placement of this attempt, from 0
 * @param placedAt epoch ms; the reservation keeps its minute
 */
public record Dispatch(
    HostId host, String containerInstance, int attempt, int dispatch, long placedAt) {

  /** The key under which the task of this dispatch of {@code job} is started. */
  public AttemptKey keyOf(JobKey job) {
    return new AttemptKey(job, attempt, dispatch);
  }
}
