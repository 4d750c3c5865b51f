package dev.longshore.local;

import dev.longshore.local.LocalSettings.RunnerChoice;
import dev.longshore.local.demo.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./longshore demo}: a fresh service, a real pipeline on it, and whether it was right. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a fresh service, runs a pipeline on it through its endpoint, shows it live, ends.",
      "The pipeline counts the files of a directory: split, an array job, join. The exit status",
      "is 0 only if the joined result is the right one."
    })
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Whose files are counted. Default: where the project is.")
  private Path directory = Path.of(System.getProperty("longshore.root", ""));

  @Option(
      names = "--parts",
      paramLabel = "N",
      description = "Children of the array job. Default: ${DEFAULT-VALUE}.")
  private int parts = 120;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      description = "What runs jobs: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private RunnerChoice runner = RunnerChoice.PROCESS;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (parts < 2 || parts > Demo.MAX_PARTS) {
      throw new ParameterException(
          spec.commandLine(), "--parts must be from 2 to " + Demo.MAX_PARTS);
    }
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(spec.commandLine(), directory + " is no directory");
    }
    long start = System.nanoTime();
    try (LocalService service = LocalService.start(LocalSettings.throwaway().withRunner(runner))) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.printf(
          "%n  Longshore is up at %s after %d ms; jobs run as%n  %s.%n",
          service.address(), millis, service.runner());
      return Demo.run(service.address(), directory.toRealPath(), parts, System.out) ? 0 : 1;
    }
  }
}
