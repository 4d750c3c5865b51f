package dev.longshore.core.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.JobId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The order among children against a model that looks at each child by itself. */
@DisplayName("Checklist 9: N_TO_N and SEQUENTIAL against a reference model")
final class ChildSequenceTest {
  private static final JobId OWN = new JobId(new UUID(1, 1));
  private static final List<ChildState> ENDS =
      List.of(
          ChildState.SUCCEEDED,
          ChildState.SUCCEEDED,
          ChildState.SUCCEEDED,
          ChildState.FAILED,
          ChildState.STOPPED_UNSTARTED,
          ChildState.DEPENDENCY_FAILED);

  private static final int ROUNDS = 12;

  private final Random chance = new Random(9);

  static Stream<Arguments> orders() {
    return Stream.of(2, 999, 1_000, 1_001, 10_000)
        .flatMap(size ->
            Stream.of(
                Arguments.of(size, 1, false),
                Arguments.of(size, 3, false),
                Arguments.of(size, 0, true),
                Arguments.of(size, 2, true)));
  }

  @ParameterizedTest(name = "{0} children, N_TO_N with {1} arrays, SEQUENTIAL {2}")
  @MethodSource("orders")
  @DisplayName("N_TO_N and SEQUENTIAL children start and fail as a model of single children says")
  void agreesWithTheModel(int size, int arrays, boolean sequential) {
    List<List<ArrayPage>> pairs = new ArrayList<>();
    Set<JobId> ids = new HashSet<>();
    for (int array = 0; array < arrays; array++) {
      JobId id = new JobId(new UUID(2, array));
      ids.add(id);
      pairs.add(pages(id, size));
    }
    ChildOrder order = new ChildOrder(ids, sequential);
    List<ArrayPage> own = pages(OWN, size);
    // News of the other arrays and of its own children come in any order and in any portions.
    for (int round = 0; round < ROUNDS; round++) {
      for (List<ArrayPage> pair : pairs) {
        for (int number = 0; number < pair.size(); number++) {
          pair.set(number, endSome(pair.get(number), ChildState.PENDING, round));
        }
      }
      int[] turns = shuffled(own.size());
      for (int number : turns) {
        own.set(number, endSome(own.get(number), ChildState.RUNNABLE, round));
        own.set(number, settled(order, own, number, pairs));
      }
      // What follows from page to page, as each page's own record brings it about.
      for (int number = 0; number < own.size(); number++) {
        own.set(number, settled(order, own, number, pairs));
      }
      check(sequential, own, pairs, size);
    }
    // A sequence moves on by one child at a time; now the next one fails, and with it all others.
    for (int number = 0; number < own.size(); number++) {
      own.set(
          number,
          own.get(number)
              .with((_, state) -> state == ChildState.RUNNABLE ? ChildState.FAILED : state));
      own.set(number, settled(order, own, number, pairs));
    }
    assertThat(own).allMatch(ArrayPage::isClosed);
  }

  private static ArrayPage settled(
      ChildOrder order, List<ArrayPage> own, int number, List<List<ArrayPage>> pairs) {
    ChildState previous = number == 0 ? null : own.get(number - 1).states().at(ArrayPage.SIZE - 1);
    List<ArrayPage> same = pairs.stream().map(pair -> pair.get(number)).toList();
    ArrayPage settled = ChildSequence.settle(order, own.get(number), previous, same);
    ArrayPage again = ChildSequence.settle(order, settled, previous, same);
    assertThat(again).isSameAs(settled);
    return settled;
  }

  /** Ends some of the children in this state; in the last rounds all of them. */
  private ArrayPage endSome(ArrayPage page, ChildState waiting, int round) {
    boolean last = round >= ROUNDS - 2;
    return page.with((_, state) -> {
      boolean ends = state == waiting && (last || chance.nextInt(3) == 0);
      boolean anyhow = last || chance.nextInt(50) == 0;
      return ends ? (anyhow ? ENDS.get(chance.nextInt(ENDS.size())) : ChildState.SUCCEEDED) : state;
    });
  }

  private static List<ArrayPage> pages(JobId id, int size) {
    List<ArrayPage> pages = new ArrayList<>();
    for (int number = 0; number < ArrayPage.pagesOf(size); number++) {
      pages.add(ArrayPage.unwritten(id, number, size, ChildState.PENDING));
    }
    return pages;
  }

  private int[] shuffled(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    for (int i = count - 1; i > 0; i--) {
      int other = chance.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  private static void check(
      boolean sequential, List<ArrayPage> own, List<List<ArrayPage>> pairs, int size) {
    for (int index = 0; index < size; index++) {
      ChildState state = at(own, index);
      List<ChildState> others = new ArrayList<>();
      for (List<ArrayPage> pair : pairs) {
        others.add(at(pair, index));
      }
      ChildState before = sequential && index > 0 ? at(own, index - 1) : null;
      if (before != null) {
        others.add(before);
      }
      boolean spoilt = others.stream().anyMatch(ChildSequenceTest::failed);
      boolean met = others.stream().allMatch(ChildState.SUCCEEDED::equals);
      String what = "child " + index + " of " + size + " is " + state + " behind " + others;
      if (spoilt) {
        assertThat(state).as(what).isEqualTo(ChildState.DEPENDENCY_FAILED);
      } else if (met) {
        assertThat(state).as(what).isNotIn(ChildState.PENDING);
      } else {
        assertThat(state).as(what).isEqualTo(ChildState.PENDING);
      }
    }
  }

  private static ChildState at(List<ArrayPage> pages, int index) {
    return pages.get(index / ArrayPage.SIZE).state(index);
  }

  private static boolean failed(@Nullable ChildState state) {
    return state != null && state.isClosed() && state != ChildState.SUCCEEDED;
  }
}
