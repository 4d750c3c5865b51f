package dev.longshore.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class MainTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int run(String line) {
    return Main.run(line.split(" "), new PrintStream(said, true, UTF_8));
  }

  @Test
  @DisplayName("A run ends with a verdict, its rate and what the least seed was worth")
  void verdict() {
    assertThat(run("simulate --seeds 2 --from 5")).isZero();
    assertThat(said.toString(UTF_8))
        .contains("2 seeds, 0 failed")
        .contains("least in one seed:")
        .contains("seeds a minute")
        .endsWith("PASSED: 2 seeds, every law held\n");
  }

  @Test
  @DisplayName("A part of a seed runs with the options that a failing run prints")
  void part() {
    assertThat(run("simulate --seed 5 --focus nodes --world 6 --acts 1,2 --strikes none --trace"))
        .isZero();
    assertThat(said.toString(UTF_8)).contains("1 seeds, 0 failed", "TaskRunner.start");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simulate --seed",
        "simulate --seeds many",
        "simulate --focus nothing",
        "simulate --seeds 0",
        "simulate --seed 1 --faults RAIN",
        "simulate --what 1"
      })
  @DisplayName("A call that is not understood says so, with the usage, and runs nothing")
  void notUnderstood(String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(said.toString(UTF_8)).startsWith("not understood: ").contains("usage:");
  }

  @Test
  @DisplayName("Help names every option")
  void help() {
    assertThat(run("simulate --help")).isZero();
    assertThat(said.toString(UTF_8))
        .contains("--seeds", "--from", "--seed", "--trace", "--focus", "everything", "--world")
        .contains("--acts", "--faults", "--strikes");
  }
}
