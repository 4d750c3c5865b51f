package dev.longshore.simulator.world;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Reservation;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Short words for a trace: what a line needs to be read, no more. */
public final class Say {
  private static final int MOST = 20;

  private Say() {}

  static String call(
      String name, @Nullable Object @Nullable [] arguments, @Nullable Object answer) {
    String said =
        arguments == null
            ? ""
            : Arrays.stream(arguments).map(Say::of).collect(Collectors.joining(", "));
    return name + "(" + said + ") -> " + of(answer);
  }

  /** The value in short. */
  public static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case Job job -> job(job);
      case Host host ->
          "%s %s v%d taken %s"
              .formatted(host.id(), host.state(), host.version(), of(host.reservations()));
      case ArrayPage page -> page(page);
      case JobId id -> id.toString().substring(0, 8);
      case JobKey key -> of(key.job()) + (key.isWhole() ? "" : ":" + key.index());
      case AttemptKey attempt ->
          of(attempt.key()) + "/" + attempt.attempt() + "-" + attempt.dispatch();
      case Reservation reservation -> of(reservation.attempt());
      case Optional<?> maybe -> maybe.isEmpty() ? "none" : of(maybe.get());
      case Map<?, ?> map -> of(map.values());
      // Sorted: the order of sets differs from one virtual machine to the next.
      case Collection<?> many ->
          many.stream().map(Say::of).sorted().limit(MOST).collect(Collectors.joining(" ", "[", "]"))
              + (many.size() > MOST ? " of " + many.size() : "");
      default -> String.valueOf(value);
    };
  }

  private static String job(Job job) {
    return "%s %s%s v%d%s%s"
        .formatted(
            of(job.key()),
            job.isArrayParent() ? "array " : "",
            job.status(),
            job.version(),
            job.dispatch().map(d -> " " + d.attempt() + "-" + d.dispatch()).orElse(""),
            job.stop() == null ? "" : " stop=" + job.stop().kind());
  }

  private static String page(ArrayPage page) {
    StringBuilder states = new StringBuilder();
    for (int place = 0; place < Math.min(60, page.states().size()); place++) {
      states.append(letter(page.states().at(place)));
    }
    return "%s p%d v%d %s".formatted(of(page.job()), page.number(), page.version(), states);
  }

  private static char letter(ChildState state) {
    return switch (state) {
      case PENDING -> 'p';
      case RUNNABLE -> '.';
      case HANDED_OVER -> 'h';
      case RUNNING -> 'r';
      case RUNNABLE_AGAIN -> 'a';
      case SUCCEEDED -> 'S';
      case FAILED -> 'F';
      case STOPPED_UNSTARTED -> 'x';
      case DEPENDENCY_FAILED -> 'd';
    };
  }
}
