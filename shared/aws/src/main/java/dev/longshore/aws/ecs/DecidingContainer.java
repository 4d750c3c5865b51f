package dev.longshore.aws.ecs;

import dev.longshore.core.model.ContainerEnd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which container of an ended task says how the task ended. It is the essential one that ended
 * first, but ECS tells neither the order nor which are essential. So of several essential ones it
 * is the one that failed by itself; what was stopped because another one had ended shows a signal.
 */
final class DecidingContainer {
  /** 128 + SIGKILL and 128 + SIGTERM, with which ECS stops a container. */
  private static final List<Integer> STOPPED = List.of(137, 143);

  private DecidingContainer() {}

  /** From the likeliest cause of the task's end to the unlikeliest. */
  private enum Kind {
    /** It says why: it never started, or ran out of memory. */
    SAYS_WHY,
    FAILED,
    SUCCEEDED,
    STOPPED,
    UNKNOWN
  }

  /**
   * The one that decides; empty when there is none at all.
   *
   * @param ends of all containers, in any order
   * @param essential names of the essential ones in the order of their definition; empty when that
   *     is not known any more
   */
  static Optional<ContainerEnd> of(List<ContainerEnd> ends, List<String> essential) {
    List<ContainerEnd> candidates = new ArrayList<>();
    for (String name : essential) {
      candidates.add(named(ends, name));
    }
    candidates.removeIf(Objects::isNull);
    Optional<ContainerEnd> deciding = likeliest(candidates);
    boolean unknown = deciding.map(DecidingContainer::kind).orElse(Kind.UNKNOWN) == Kind.UNKNOWN;
    // Another one that cannot start keeps the essential ones from starting.
    return unknown ? likeliest(ends).or(() -> deciding) : deciding;
  }

  private static @Nullable ContainerEnd named(List<ContainerEnd> ends, String name) {
    return ends.stream().filter(end -> end.name().equals(name)).findFirst().orElse(null);
  }

  private static Optional<ContainerEnd> likeliest(List<ContainerEnd> ends) {
    return ends.stream().min(Comparator.comparing(DecidingContainer::kind));
  }

  private static Kind kind(ContainerEnd end) {
    Integer code = end.exitCode();
    if (code != null && code == 0) {
      return Kind.SUCCEEDED;
    }
    if (end.reason() != null) {
      return Kind.SAYS_WHY;
    }
    if (code == null) {
      return Kind.UNKNOWN;
    }
    return STOPPED.contains(code) ? Kind.STOPPED : Kind.FAILED;
  }
}
