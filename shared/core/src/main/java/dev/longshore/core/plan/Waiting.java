package dev.longshore.core.plan;

import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs of one queue that found no room in this round. */
final class Waiting {
  private final Explanations explanations;
  private final Set<Shape> shapes = new HashSet<>();
  private @Nullable Demand head;
  private boolean kept;

  /** In a queue with these environments, in its order. */
  Waiting(List<Supply> supplies) {
    this.explanations = new Explanations(supplies);
  }

  /** Why these wait, who are told in the order of their turns. */
  Why why(Demand demand) {
    if (head == null) {
      head = demand;
    }
    Why why = explanations.of(demand.shape());
    boolean other = !Objects.equals(head.share(), demand.share());
    return other && why.reason() == Reason.QUEUE_POSITION
        ? new Why(
            Reason.SHARE_ORDER, "jobs of shares that have had less wait for room in this queue")
        : why;
  }

  /** True for the first of a shape, as long as no host is kept. */
  boolean asksFirst(Shape shape) {
    return shapes.add(shape) && !kept;
  }

  /** A host is kept for one of them, or none could be. */
  void kept(boolean done) {
    kept = done;
  }
}
