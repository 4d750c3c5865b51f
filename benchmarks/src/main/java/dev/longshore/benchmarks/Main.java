package dev.longshore.benchmarks;

import dev.longshore.benchmarks.jmh.Microbenchmarks;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Entry point of {@code ./longshore bench}. */
@Command(
    name = "longshore bench",
    exitCodeOnExecutionException = 3,
    mixinStandardHelpOptions = true,
    description = "Measures speed and cost of a fresh service in this process, beside goals.")
public final class Main implements Callable<Integer> {

  /** What can be measured. */
  enum Choice {
    A,
    B,
    C,
    D,
    E,
    JMH
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "PART",
      description = {
        "a   jobs per second",
        "b   from submission to RUNNING",
        "c   DynamoDB write units per job",
        "d   an array of 10,000",
        "e   from the start of a JVM to a function's first answer",
        "jmh microbenchmarks of planner and codec",
        "Without any: a b c d e."
      })
  private List<Choice> choices = new ArrayList<>();

  @Option(names = "--quick", description = "Fewer jobs: rougher figures in less time.")
  private boolean quick;

  @Option(names = "--tiny", hidden = true, description = "Hardly any jobs: only whether it runs.")
  private boolean tiny;

  @Option(
      names = "--functions",
      hidden = true,
      description = "Folder of the functions' jars as they are deployed; the launcher names it.")
  private @Nullable Path functions;

  private final PrintStream out;

  Main(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs what is asked for; the exit status is 1 when a goal was missed. The launcher hands on its
   * own word, {@code bench}, first.
   */
  public static void main(String[] args) {
    boolean byLauncher = args.length > 0 && args[0].equals("bench");
    System.exit(run(System.out, byLauncher ? Arrays.copyOfRange(args, 1, args.length) : args));
  }

  /** The exit status. */
  static int run(PrintStream out, String... args) {
    return new CommandLine(new Main(out)).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
  }

  @Override
  public Integer call() throws Exception {
    Set<Choice> chosen =
        choices.isEmpty() ? EnumSet.complementOf(EnumSet.of(Choice.JMH)) : EnumSet.copyOf(choices);
    out.println(Machine.line());
    long missed = 0;
    for (Choice choice : chosen) {
      out.println();
      Part part = run(choice, tiny ? Sizes.TINY : quick ? Sizes.QUICK : Sizes.FULL);
      part.lines().forEach(out::println);
      out.flush();
      missed += part.missed();
    }
    out.println();
    out.println(missed == 0 ? "All goals met." : missed + " goals missed.");
    return missed == 0 ? 0 : 1;
  }

  private Part run(Choice choice, Sizes sizes) throws Exception {
    return switch (choice) {
      case A -> {
        try (Service service = Service.start()) {
          yield Throughput.run(service, sizes.singles(), sizes.array());
        }
      }
      case B -> {
        try (Service service = Service.start()) {
          yield Latency.run(service, sizes.latencies());
        }
      }
      case C -> Cost.run(sizes);
      case D -> {
        try (Service service = Service.start()) {
          yield LargeArray.run(service, sizes.large());
        }
      }
      case E -> FirstAnswer.run(deployed(), sizes.starts());
      case JMH -> microbenchmarks();
    };
  }

  private Path deployed() {
    if (functions == null) {
      throw new IllegalStateException("part e needs --functions, the folder of the jars");
    }
    return functions;
  }

  private Part microbenchmarks() throws Exception {
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    double seconds = tiny ? 0.01 : quick ? 0.5 : 2;
    for (Microbenchmarks.Result result : Microbenchmarks.run(seconds, tiny ? 1 : 5, tiny ? 0 : 1)) {
      figures.add(Figure.plain(result.name(), result.value(), result.unit()));
      notes.add(
          String.format(Locale.ROOT, "%s: +- %s", result.name(), Goal.number(result.error())));
    }
    return new Part("microbenchmarks, average time", figures, notes);
  }
}
