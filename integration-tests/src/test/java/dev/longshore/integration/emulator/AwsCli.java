package dev.longshore.integration.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The AWS CLI as it comes, with variables alone to say where the service is. */
final class AwsCli {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String program;
  private final Map<String, String> variables;

  AwsCli(Map<String, String> variables) {
    this.program = Needed.variable("LONGSHORE_AWS_CLI", "the whole loop is not tested");
    this.variables = variables;
  }

  /** What a command of AWS Batch answers. */
  JsonNode batch(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            Stream.concat(Stream.of(program, "batch", "--output", "json"), Stream.of(arguments))
                .toList());
    command.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    command.environment().putAll(variables);
    command.redirectErrorStream(true);
    Process process = command.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("aws batch " + List.of(arguments) + " failed: " + said);
    }
    return JSON.readTree(said);
  }
}
