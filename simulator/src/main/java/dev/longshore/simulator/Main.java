package dev.longshore.simulator;

import dev.longshore.simulator.scenario.Alteration;
import dev.longshore.simulator.scenario.Seeds;
import dev.longshore.simulator.scenario.Seeds.Result;
import dev.longshore.simulator.scenario.Summary;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** Entry point of {@code ./longshore simulate}. */
public final class Main {
  private static final String USAGE =
      """
      usage: longshore simulate [--seeds N] [--from S]   run seeds S to S+N-1 (100 from 1)
             longshore simulate --seed X [--trace]       run one seed, print what happened
      """;

  private Main() {}

  /** Exit status 0 when no law was broken, 1 when one was, 2 for a call it does not know. */
  public static void main(String[] args) {
    System.exit(run(args, System.out));
  }

  static int run(String[] args, PrintStream out) {
    Map<String, Long> options = new HashMap<>();
    int next = args.length > 0 && args[0].equals("simulate") ? 1 : 0;
    while (next < args.length) {
      String name = args[next++];
      boolean takesNumber = !name.equals("--trace");
      if (!name.matches("--(seeds|from|seed|trace)") || (takesNumber && next == args.length)) {
        out.print(USAGE);
        return 2;
      }
      try {
        options.put(name, takesNumber ? Long.parseLong(args[next++]) : 1L);
      } catch (NumberFormatException notANumber) {
        out.print(USAGE);
        return 2;
      }
    }
    Long seed = options.get("--seed");
    return seed == null
        ? many(options.getOrDefault("--from", 1L), options.getOrDefault("--seeds", 100L), out)
        : one(seed, options.containsKey("--trace"), out);
  }

  private static int many(long from, long seeds, PrintStream out) {
    Summary summary = new Summary();
    LongStream.range(from, from + seeds)
        .parallel()
        .forEach(seed -> {
          Result result = Seeds.run(seed, Alteration.NONE, false);
          synchronized (out) {
            summary.add(result);
            if (result.violation().isPresent()) {
              out.println(Seeds.explain(result));
            }
          }
        });
    out.print(summary.text());
    return summary.failures() == 0 ? 0 : 1;
  }

  private static int one(long seed, boolean traced, PrintStream out) {
    Result result = Seeds.run(seed, Alteration.NONE, traced);
    result.trace().forEach(out::println);
    Summary summary = new Summary();
    summary.add(result);
    out.print(summary.text());
    result.violation().ifPresent(broken -> out.println(Seeds.explain(result)));
    return result.violation().isPresent() ? 1 : 0;
  }
}
