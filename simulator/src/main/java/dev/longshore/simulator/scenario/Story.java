package dev.longshore.simulator.scenario;

import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.scenario.Seeds.Result;
import dev.longshore.simulator.world.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A failing run as a person reads it: what was done, which faults struck, and what happened. */
public final class Story {
  private static final Duration SEARCH = Duration.ofSeconds(20);
  private static final int MOST_LINES = 80;
  private static final Pattern JOB_ID =
      Pattern.compile("([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Story() {}

  /**
   * Looks for a smaller run that breaks the same law, for 20 seconds at most, and tells both.
   *
   * @param failed a run that broke a law
   */
  public static String of(Result failed, Alteration alteration) {
    long until = System.nanoTime() + SEARCH.toNanos();
    boolean shrinks =
        failed
            .violation()
            .map(Violation::law)
            .filter(law -> law != Law.SEED_IS_WORTH_IT)
            .isPresent();
    BooleanSupplier goOn = () -> shrinks && System.nanoTime() < until;
    Result small = Shrink.of(failed, alteration, goOn);
    return """
    %s
    broke %s
    replay with: ./longshore simulate %s --trace
    %s\
    """
        .formatted(
            failed.report().line(),
            message(failed),
            failed.run().options(),
            small.run().equals(failed.run()) ? "" : tell(small, alteration));
  }

  private static String message(Result result) {
    return result.violation().map(Violation::getMessage).orElse("nothing");
  }

  /** The run, repeated with a trace. */
  static String tell(Result small, Alteration alteration) {
    Result traced = Seeds.run(small.run(), alteration, true);
    List<Act> acts = Seeds.acts(small.run());
    StringBuilder text = new StringBuilder();
    text.append("smaller: %s%n".formatted(traced.report().line()));
    text.append("broke %s%n".formatted(message(traced)));
    text.append("what was done:%n".formatted());
    for (int number = 1; number <= acts.size(); number++) {
      if (small.run().keeps(number)) {
        Act act = acts.get(number - 1);
        text.append("%6d s  %s%n".formatted(act.at().toSeconds(), act.what()));
      }
    }
    text.append("faults: %s%n".formatted(faults(traced.report().faults())));
    List<String> lines = lines(traced);
    text.append("what happened (%d of %d lines):%n".formatted(lines.size(), traced.trace().size()));
    lines.forEach(line -> text.append("  %s%n".formatted(line)));
    text.append("replay with: ./longshore simulate %s --trace%n".formatted(small.run().options()));
    return text.toString();
  }

  private static String faults(Map<Fault, Integer> counts) {
    String words =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "none" : words;
  }

  /** The last lines that are about the jobs that the violation names, and faults. */
  private static List<String> lines(Result traced) {
    TreeSet<String> jobs = new TreeSet<>();
    Matcher ids = JOB_ID.matcher(message(traced));
    while (ids.find()) {
      jobs.add(ids.group(1));
    }
    List<String> about =
        traced.trace().stream()
            .filter(line ->
                jobs.isEmpty()
                    || line.contains("  fault ")
                    || jobs.stream().anyMatch(line::contains))
            .toList();
    return about.subList(Math.max(0, about.size() - MOST_LINES), about.size());
  }
}
