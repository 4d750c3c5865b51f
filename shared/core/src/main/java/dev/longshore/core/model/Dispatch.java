package dev.longshore.core.model;

import java.util.List;

/**
 * Where one attempt was sent.
 *
 * @param host the host whose room is reserved for it
 * @param containerInstance ECS container instance ID (the last part of its ARN)
 * @param attempt what the user counts, from 1
 * @param dispatch placement of this attempt, from 0
 * @param placedAt epoch ms
 * @param reservedAt epoch ms; the reservation keeps its minute. Before {@code placedAt} for a node,
 *     whose room is taken with all others before the main node starts
 * @param gang instance IDs of the hosts of all nodes, by index, in the main node's environment;
 *     empty but for the main node, whose dispatch is that of the whole multi-node job
 */
public record Dispatch(
    HostId host,
    String containerInstance,
    int attempt,
    int dispatch,
    long placedAt,
    long reservedAt,
    List<String> gang) {

  public Dispatch {
    gang = List.copyOf(gang);
  }

  /** Of a job that needs one host, whose room is reserved as it is placed. */
  public Dispatch(HostId host, String containerInstance, int attempt, int dispatch, long placedAt) {
    this(host, containerInstance, attempt, dispatch, placedAt, placedAt, List.of());
  }

  /** The key under which the task of this dispatch of {@code job} is started. */
  public AttemptKey keyOf(JobKey job) {
    return new AttemptKey(job, attempt, dispatch);
  }

  /** True when both are for the same placement of the same attempt. */
  public boolean isSamePlacement(Dispatch other) {
    return attempt == other.attempt && dispatch == other.dispatch;
  }

  /** The host of a node; only in the dispatch of a whole multi-node job. */
  public HostId hostOf(int node) {
    return new HostId(host.environment(), gang.get(node));
  }

  /**
   * The dispatch of another node of this multi-node job, whose room was reserved with it.
   *
   * @param node index of the node
   * @param container ECS container instance ID of its host
   * @param at epoch ms
   */
  public Dispatch ofNode(int node, String container, long at) {
    return new Dispatch(hostOf(node), container, attempt, dispatch, at, reservedAt, List.of());
  }

  /** The same for a whole multi-node job whose nodes go to these instances, by index. */
  public Dispatch withGang(List<String> instances) {
    return new Dispatch(
        host, containerInstance, attempt, dispatch, placedAt, reservedAt, instances);
  }

  /** The same without the hosts of the nodes. */
  public Dispatch withoutGang() {
    return gang.isEmpty()
        ? this
        : new Dispatch(host, containerInstance, attempt, dispatch, placedAt, reservedAt, List.of());
  }
}
