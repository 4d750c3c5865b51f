package dev.longshore.core.port;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import org.jspecify.annotations.Nullable;

/**
 * One stored change with both images, for the only reader that compares: the publisher of events.
 * All others act on what is stored now ({@link Change}).
 */
public sealed interface Written {
  /** A job, an array parent or a child; {@code before} is null when it is new. */
  record JobWritten(@Nullable Job before, Job after) implements Written {}

  /** A page of an array; {@code before} is null when it is written for the first time. */
  record PageWritten(@Nullable ArrayPage before, ArrayPage after) implements Written {}

  /** Why jobs of a queue wait; {@link Holds#none} when nothing was stored before. */
  record HoldsWritten(Holds before, Holds after) implements Written {}
}
