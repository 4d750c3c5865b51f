package dev.longshore.benchmarks.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the microbenchmarks by JMH. */
public final class Microbenchmarks {
  private Microbenchmarks() {}

  /**
   * A result.
   *
   * @param name benchmark and its parameters
   * @param value average time
   * @param error half of the 99.9 % confidence interval
   */
  public record Result(String name, double value, double error, String unit) {}

  /**
   * All of them.
   *
   * @param seconds of each iteration
   * @param iterations after as many for warming up
   * @param forks virtual machines one after another; 0 for this one
   */
  public static List<Result> run(double seconds, int iterations, int forks) throws RunnerException {
    TimeValue time = TimeValue.milliseconds(Math.round(seconds * 1000));
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(Microbenchmarks.class.getPackageName() + ".*")
                    .warmupIterations(iterations)
                    .warmupTime(time)
                    .measurementIterations(iterations)
                    .measurementTime(time)
                    .forks(forks)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    List<Result> found = new ArrayList<>();
    for (RunResult result : results) {
      found.add(
          new Result(
              name(result),
              result.getPrimaryResult().getScore(),
              result.getPrimaryResult().getScoreError(),
              result.getPrimaryResult().getScoreUnit()));
    }
    return found;
  }

  private static String name(RunResult result) {
    StringBuilder name = new StringBuilder(result.getPrimaryResult().getLabel());
    for (String parameter : result.getParams().getParamsKeys()) {
      name.append(", ")
          .append(result.getParams().getParam(parameter))
          .append(' ')
          .append(parameter);
    }
    return name.toString();
  }
}
