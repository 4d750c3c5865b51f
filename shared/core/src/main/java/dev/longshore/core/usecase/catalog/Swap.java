package dev.longshore.core.usecase.catalog;

import dev.longshore.core.validation.ClientFault;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Changes something stored, again from the start when somebody else was faster. */
final class Swap {
  private Swap() {}

  /**
   * Reads, decides and saves until the save is not refused. Each refusal means that another change
   * got through, so this ends.
   *
   * @param decide gives the next version, or what it was given for no change; may throw
   * @param save answers false when the stored version has moved
   * @return what is stored now, empty when there is nothing
   */
  static <T> Optional<T> of(
      Supplier<Optional<T>> read, UnaryOperator<T> decide, Predicate<T> save) {
    while (true) {
      Optional<T> before = read.get();
      if (before.isEmpty()) {
        return before;
      }
      T after = decide.apply(before.get());
      if (after.equals(before.get()) || save.test(after)) {
        return Optional.of(after);
      }
    }
  }

  /**
   * Like {@link #of} for something that must be there.
   *
   * @param missing message of the refusal when it is not
   * @return what is stored now
   */
  static <T> T required(
      String missing, Supplier<Optional<T>> read, UnaryOperator<T> decide, Predicate<T> save) {
    return of(read, decide, save).orElseThrow(() -> new ClientFault(missing));
  }
}
