package dev.longshore.core.plan;

import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Explanations.Why;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The jobs of one queue that found no room in this round. */
final class Waiting {
  private final Explanations explanations;
  private final Set<Shape> shapes = new HashSet<>();
  private boolean kept;

  /** In a queue with these environments, in its order. */
  Waiting(List<Supply> supplies) {
    this.explanations = new Explanations(supplies);
  }

  /** Why jobs of this shape wait; asked in the order of their turns. */
  Why why(Shape shape) {
    return explanations.of(shape);
  }

  /** True for the first of a shape, as long as no host is kept. */
  boolean asksFirst(Shape shape) {
    return shapes.add(shape) && !kept;
  }

  /** True when hosts are kept for one of them. */
  boolean isKept() {
    return kept;
  }

  /** A host is kept for one of them, or none could be. */
  void kept(boolean done) {
    kept = done;
  }
}
