package dev.longshore.core.plan;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.Shape;
import java.util.Comparator;
import java.util.List;

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
 */
public record Demand(
    String queue,
    Shape shape,
    int count,
    JobKey first,
    Position order,
    boolean retry,
    List<Need> needs) {
  public Demand {
    needs = List.copyOf(needs);
  }

  /** Jobs that need room on a host only. */
  public Demand(String queue, Shape shape, int count, JobKey first, Position order, boolean retry) {
    this(queue, shape, count, first, order, retry, List.of());
  }

  /** The order inside a queue: retries first, then submission order. */
  public static final Comparator<Demand> LINE_ORDER =
      Comparator.comparing((Demand demand) -> !demand.retry())
          .thenComparing(Demand::order)
          .thenComparing(Demand::first);
}
