package dev.longshore.benchmarks.coldstart;

import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.aws.settings.JobRolesText;
import dev.longshore.core.validation.JobRoles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a virtual machine with a function is started.
 *
 * @param what it makes
 * @param options of the virtual machine
 * @param variables beside those that every function has
 * @param classPath all of jars, in Lambda's order
 */
record Launch(
    String what, List<String> options, Map<String, String> variables, List<Path> classPath) {
  private static final long PATIENCE_SECONDS = 120;

  /**
   * Milliseconds of one start.
   *
   * @param made from the start of the process until the function was made
   * @param answered from the call until its answer
   */
  record Times(double made, double answered) {
    double whole() {
      return made + answered;
    }
  }

  /**
   * One start, one answer, and an end in good order.
   *
   * @throws IllegalStateException when there was no good answer
   */
  Times run(EmptyTable table) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(command());
    command.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    command.environment().remove("JAVA_TOOL_OPTIONS");
    command.environment().putAll(environment(table));
    command.redirectError(Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = command.start();
    try (BufferedReader said = process.inputReader()) {
      Times times = times(said, process.getOutputStream(), start);
      // Its input has ended, so it does; a training run then writes its cache.
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(this + " does not end");
      }
      return times;
    } finally {
      process.destroyForcibly();
    }
  }

  private Times times(BufferedReader said, OutputStream input, long start) throws IOException {
    try (input) {
      String made = said.readLine();
      double first = (System.nanoTime() - start) / 1e6;
      long call = System.nanoTime();
      input.write('\n');
      input.flush();
      String status = said.readLine();
      double second = (System.nanoTime() - call) / 1e6;
      if (!"made".equals(made) || !"200".equals(status)) {
        throw new IllegalStateException(this + " said " + made + ", then " + status);
      }
      return new Times(first, second);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(String.join(":", classPath.stream().map(Path::toString).toList()));
    command.add(FunctionProcess.class.getName());
    command.add(what);
    return command;
  }

  /** As the stack sets it. */
  private Map<String, String> environment(EmptyTable table) {
    Map<String, String> environment = new HashMap<>();
    Stream.of(
            FunctionSettings.ACCOUNT,
            FunctionSettings.STACK,
            FunctionSettings.TABLE,
            FunctionSettings.SCHEDULER_QUEUE,
            FunctionSettings.CAPACITY_QUEUE,
            FunctionSettings.WORK_QUEUE,
            FunctionSettings.REPAIR_QUEUE,
            FunctionSettings.TICK_QUEUE,
            FunctionSettings.EVENT_BUS)
        .forEach(name -> environment.put(name, "bench"));
    environment.put(FunctionSettings.RETENTION_DAYS, "7");
    environment.put(FunctionSettings.JOB_ROLES, JobRolesText.write(new JobRoles.Any()));
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ENDPOINT_URL", table.endpoint());
    environment.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", table.endpoint() + EmptyTable.CREDENTIALS);
    environment.putAll(variables);
    return environment;
  }
}
