package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.port.JobStore;
import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.scenario.Seeds.Result;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a person gets of a seed that fails. */
@Execution(ExecutionMode.CONCURRENT)
class ShrinkTest {
  private static final int MOST_RUNS = 600;

  /** Arrays are not told of those they are paired with: one of them waits for ever. */
  private static final Alteration BUG =
      new Alteration() {
        @Override
        public JobStore jobs(JobStore real) {
          return Twist.of(
              JobStore.class,
              real,
              (method, _, call) -> method.equals("addPair") ? null : call.answer());
        }
      };

  private int runs;

  private static Optional<Law> broken(Result result) {
    return result.violation().map(Violation::law);
  }

  private Result shrunk() {
    Result failed =
        LongStream.rangeClosed(1, 20)
            .mapToObj(seed -> Seeds.run(Case.of(seed, Focus.ARRAYS), BUG, false))
            .filter(result -> result.violation().isPresent())
            .findFirst()
            .orElseThrow();
    Result small = Shrink.of(failed, BUG, () -> ++runs <= MOST_RUNS);
    assertThat(broken(small)).isEqualTo(broken(failed));
    return small;
  }

  @Test
  @DisplayName("A failing seed shrinks to a few jobs and faults that break the same law again")
  void shrinks() {
    Result small = shrunk();
    assertThat(small.report().jobs()).isBetween(1, 4);
    assertThat(small.report().faultCount()).isLessThan(10);
    assertThat(broken(Seeds.run(small.run(), BUG, false))).isEqualTo(broken(small));
    assertThat(Seeds.run(small.run(), Alteration.NONE, false).violation()).isEmpty();
    assertThat(runs).isLessThanOrEqualTo(MOST_RUNS + 1);
    String story = Story.tell(small, BUG);
    assertThat(story)
        .contains("broke NOTHING_IS_LOST")
        .contains("array of", "paired with")
        .contains("./longshore simulate " + small.run().options());
    assertThat(story.lines()).hasSizeLessThan(120);
  }

  @Test
  @DisplayName("Options say the whole of a shrunk run")
  void options() {
    Case whole = Case.of(4);
    assertThat(whole.options()).isEqualTo("--seed 4");
    Case part =
        new Case(
            4,
            Focus.NODES,
            7,
            Case.numbers("3,1"),
            Case.kinds("PAUSE,HOST_DEATH"),
            Case.numbers("none"));
    assertThat(part.options())
        .isEqualTo(
            "--seed 4 --focus nodes --world 7 --acts 1,3 --faults PAUSE,HOST_DEATH --strikes none");
  }
}
