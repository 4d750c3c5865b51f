package dev.longshore.core.plan;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of jobs that follow each other in a queue's order and ask for the same. A plan names it by
 * its place in the snapshot's list.
 *
 * @param queue name of the queue
 * @param shape what one attempt of each of them asks for
 * @param count how many, at least 1
 * @param first the first of them; placed ones are counted from it
 * @param order its place in the line
 * @param retry true when they ran before: a retried job goes to the front of its queue ({@code
 *     batch-semantics} 9)
 * @param needs what an attempt of each of them takes of consumable resources
 * @param share identifier of their share in a fair-share queue, or null
 * @param priority scheduling priority inside the share, 0 without one
 * @param nodes of a multi-node job, which is a demand of its own; absent for any other
 */
public record Demand(
    String queue,
    Shape shape,
    int count,
    JobKey first,
    Position order,
    boolean retry,
    List<Need> needs,
    @Nullable String share,
    int priority,
    @Nullable NodeGroups nodes) {
  public Demand {
    needs = List.copyOf(needs);
  }

  /** Jobs that need one host each. */
  public Demand(
      String queue,
      Shape shape,
      int count,
      JobKey first,
      Position order,
      boolean retry,
      List<Need> needs,
      @Nullable String share,
      int priority) {
    this(queue, shape, count, first, order, retry, needs, share, priority, null);
  }

  /** Jobs of a FIFO queue that need room on a host only. */
  public Demand(String queue, Shape shape, int count, JobKey first, Position order, boolean retry) {
    this(queue, shape, count, first, order, retry, List.of(), null, 0);
  }

  /** Jobs of a FIFO queue. */
  public Demand(
      String queue,
      Shape shape,
      int count,
      JobKey first,
      Position order,
      boolean retry,
      List<Need> needs) {
    this(queue, shape, count, first, order, retry, needs, null, 0);
  }

  /** vCPUs of one of these jobs, all its nodes counted. */
  public int vcpus() {
    return nodes == null
        ? shape.vcpus()
        : nodes.groups().stream().mapToInt(it -> it.count() * it.shape().vcpus()).sum();
  }

  /** Minute of the submission of the first of them, counted as placements are. */
  long submittedMinute() {
    return order.createdAt() / 60_000;
  }

  /** The order inside a queue or share: priority, then retries first, then submission order. */
  public static final Comparator<Demand> LINE_ORDER =
      Comparator.comparingInt((Demand demand) -> -demand.priority())
          .thenComparing(demand -> !demand.retry())
          .thenComparing(Demand::order)
          .thenComparing(Demand::first);
}
