package dev.longshore.simulator;

import dev.longshore.simulator.scenario.Alteration;
import dev.longshore.simulator.scenario.Case;
import dev.longshore.simulator.scenario.Focus;
import dev.longshore.simulator.scenario.LostRaces;
import dev.longshore.simulator.scenario.Seeds;
import dev.longshore.simulator.scenario.Seeds.Result;
import dev.longshore.simulator.scenario.Story;
import dev.longshore.simulator.scenario.Summary;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Entry point of {@code ./longshore simulate}. */
public final class Main {
  private static final String USAGE =
      """
      usage: longshore simulate [OPTION VALUE]...

      Runs the shipped use cases on virtual time. Each seed is a workload and what goes wrong
      meanwhile: records twice, late or out of order, crashes between any two writes, hosts that
      die. The laws of the service are checked with every change; what a seed does, it does again.

        --seeds N     run N seeds (100)
        --from S      the first of them (1)
        --seed X      run one seed
        --trace       and print what happened
        --focus F     look at one kind of thing in every seed: %s
      A part of a seed, as a failing run prints it:
        --world W     let chance decide by another seed
        --acts LIST   what clients do, by number
        --faults LIST kinds of faults
        --strikes LIST single faults, by number

      Exit status: 0 when every law held, 1 when one was broken, 2 for a call that is not
      understood.
      """
          .formatted(names());

  private static final String OPTIONS =
      "--(help|seeds|from|seed|trace|focus|world|acts|faults|strikes)";

  private Main() {}

  /** Exit status 0 when no law was broken, 1 when one was, 2 for a call it does not know. */
  public static void main(String[] args) {
    System.exit(run(args, System.out));
  }

  static int run(String[] args, PrintStream out) {
    Map<String, String> options = new HashMap<>();
    int next = args.length > 0 && args[0].equals("simulate") ? 1 : 0;
    while (next < args.length) {
      String name = args[next++];
      boolean takesValue = !name.equals("--trace") && !name.equals("--help");
      if (!name.matches(OPTIONS) || (takesValue && next == args.length)) {
        return wrong(name, out);
      }
      options.put(name, takesValue ? args[next++] : "");
    }
    if (options.containsKey("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      return options.containsKey("--seed")
          ? one(chosen(options), options.containsKey("--trace"), out)
          : many(options, out);
    } catch (IllegalArgumentException notUnderstood) {
      return wrong(String.valueOf(notUnderstood.getMessage()), out);
    }
  }

  private static int wrong(String what, PrintStream out) {
    out.printf("not understood: %s%n%n%s", what, USAGE);
    return 2;
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (Focus focus : Focus.values()) {
      names.append(names.isEmpty() ? "" : ", ").append(focus.name().toLowerCase(Locale.ROOT));
    }
    return names.toString();
  }

  private static Optional<Focus> focus(Map<String, String> options) {
    return Optional.ofNullable(options.get("--focus"))
        .map(name -> Focus.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  private static Case chosen(Map<String, String> options) {
    long seed = Long.parseLong(options.getOrDefault("--seed", ""));
    String acts = options.get("--acts");
    String faults = options.get("--faults");
    String strikes = options.get("--strikes");
    return new Case(
        seed,
        focus(options).orElse(Focus.of(seed)),
        Long.parseLong(options.getOrDefault("--world", Long.toString(seed))),
        acts == null ? null : Case.numbers(acts),
        faults == null ? null : Case.kinds(faults),
        strikes == null ? null : Case.numbers(strikes));
  }

  private static int many(Map<String, String> options, PrintStream out) {
    long from = Long.parseLong(options.getOrDefault("--from", "1"));
    long seeds = Long.parseLong(options.getOrDefault("--seeds", "100"));
    if (seeds < 1) {
      throw new IllegalArgumentException("--seeds " + seeds);
    }
    Optional<Focus> focus = focus(options);
    Summary summary = new Summary();
    summary.addLost(LostRaces.loseAll());
    Progress progress = new Progress(seeds, summary, out);
    LongStream.range(from, from + seeds)
        .parallel()
        .forEach(seed -> {
          Case run = focus.map(some -> Case.of(seed, some)).orElse(Case.of(seed));
          progress.add(Seeds.run(run, Alteration.NONE, false));
        });
    return progress.verdict();
  }

  private static int one(Case run, boolean traced, PrintStream out) {
    Result result = Seeds.run(run, Alteration.NONE, traced);
    result.trace().forEach(out::println);
    Summary summary = new Summary();
    summary.add(result);
    out.print(summary.text());
    result.violation().ifPresent(_ -> out.println(Story.of(result, Alteration.NONE)));
    return result.violation().isPresent() ? 1 : 0;
  }
}
