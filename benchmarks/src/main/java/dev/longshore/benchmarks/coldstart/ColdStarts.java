package dev.longshore.benchmarks.coldstart;

import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.benchmarks.coldstart.Launch.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the function that serves the API, each time in a fresh virtual machine. */
public final class ColdStarts {
  private static final List<String> DEPLOYED = List.of(FunctionSettings.JVM_OPTIONS.split(" ", -1));
  private static final Map<String, String> SNAPSHOT =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  private final List<Path> classPath;
  private final int times;

  private ColdStarts(List<Path> classPath, int times) {
    this.classPath = classPath;
    this.times = times;
  }

  /**
   * What was measured, each in milliseconds from the start of the process to the first answer but
   * where another beginning is named.
   *
   * @param bare a virtual machine that has nothing to do
   * @param untuned the function without options
   * @param unprepared with the options of the stack, and no snapshot
   * @param published until a snapshot could be taken, which is paid when a version is published
   * @param resumed from that point on
   * @param cached with a cache that a run before it left
   */
  public record Measured(
      List<Double> bare,
      List<Double> untuned,
      List<Double> unprepared,
      List<Double> published,
      List<Double> resumed,
      List<Double> cached) {}

  /**
   * Measures.
   *
   * @param code folder with the jars of the function as they are deployed
   * @param own jar with this class
   * @param times how often each start is made
   */
  public static Measured measure(Path code, Path own, int times)
      throws IOException, InterruptedException {
    List<Path> classPath = new ArrayList<>();
    try (Stream<Path> jars = Files.list(code)) {
      // Lambda's order.
      jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(classPath::add);
    }
    classPath.add(own);
    return new ColdStarts(classPath, times).measure();
  }

  private Measured measure() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("longshore-bench-");
    Path cache = folder.resolve("function.aot");
    try (EmptyTable table = new EmptyTable()) {
      List<Times> bare = starts(table, FunctionProcess.NOTHING, List.of(), Map.of());
      List<Times> untuned = starts(table, FunctionProcess.FUNCTION, List.of(), Map.of());
      List<Times> unprepared = starts(table, FunctionProcess.FUNCTION, DEPLOYED, Map.of());
      List<Times> snapshots = starts(table, FunctionProcess.FUNCTION, DEPLOYED, SNAPSHOT);
      launch(FunctionProcess.FUNCTION, with("-XX:AOTCacheOutput=" + cache), Map.of()).run(table);
      // "on" refuses to run without the cache, which a figure of this name needs.
      List<Times> cached =
          starts(
              table,
              FunctionProcess.FUNCTION,
              with("-XX:AOTCache=" + cache, "-XX:AOTMode=on"),
              Map.of());
      return new Measured(
          bare.stream().map(Times::whole).toList(),
          untuned.stream().map(Times::whole).toList(),
          unprepared.stream().map(Times::whole).toList(),
          snapshots.stream().map(Times::made).toList(),
          snapshots.stream().map(Times::answered).toList(),
          cached.stream().map(Times::whole).toList());
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static List<String> with(String... more) {
    return Stream.concat(DEPLOYED.stream(), Stream.of(more)).toList();
  }

  private List<Times> starts(
      EmptyTable table, String what, List<String> options, Map<String, String> variables)
      throws IOException, InterruptedException {
    List<Times> found = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      found.add(launch(what, options, variables).run(table));
    }
    return found;
  }

  private Launch launch(String what, List<String> options, Map<String, String> variables) {
    return new Launch(what, options, variables, classPath);
  }
}
