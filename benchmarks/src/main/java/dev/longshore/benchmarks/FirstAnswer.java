package dev.longshore.benchmarks;

import dev.longshore.benchmarks.coldstart.ColdStarts;
import dev.longshore.benchmarks.coldstart.ColdStarts.Measured;
import dev.longshore.local.demo.Spread;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Part (e): how long the first caller of a deployed function waits. */
final class FirstAnswer {
  private static final double GOAL_MILLIS = 400;

  private FirstAnswer() {}

  /**
   * Measures.
   *
   * @param code folder of the functions' jars as they are deployed
   */
  static Part run(Path code, int times) throws IOException, InterruptedException {
    return part(ColdStarts.measure(code, own(), times), times);
  }

  static Part part(Measured measured, int times) {
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    new Line("bound: a bare JVM", measured.bare(), new Goal.None()).to(figures, notes);
    new Line("without options", measured.untuned(), new Goal.None()).to(figures, notes);
    new Line("with the stack's options, no snapshot", measured.unprepared(), new Goal.None())
        .to(figures, notes);
    new Line("as deployed: from the snapshot on", measured.resumed(), new Goal.AtMost(GOAL_MILLIS))
        .to(figures, notes);
    new Line("  until the snapshot, paid by who deploys", measured.published(), new Goal.None())
        .to(figures, notes);
    new Line("with an AOT cache", measured.cached(), new Goal.AtMost(GOAL_MILLIS))
        .to(figures, notes);
    notes.add("The table is a server on loopback that answers at once, without TLS; Lambda's own");
    notes.add("time to bring a snapshot back is not in these figures.");
    return new Part(
        "(e) JVM start to the API's first answer, medians of %d fresh processes".formatted(times),
        figures,
        notes);
  }

  private record Line(String name, List<Double> millis, Goal goal) {
    void to(List<Figure> figures, List<String> notes) {
      Spread spread = Spread.of(millis);
      figures.add(new Figure(name, spread.median(), "ms", goal));
      notes.add(
          "%s: %s to %s ms"
              .formatted(
                  name.strip(), Goal.number(spread.percentile(0)), Goal.number(spread.max())));
    }
  }

  /** The jar that this class is in. */
  private static Path own() {
    return Path.of(
        URI.create(
            FirstAnswer.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
