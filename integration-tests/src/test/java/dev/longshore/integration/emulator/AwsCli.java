package dev.longshore.integration.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
            Stream.concat(
                    Stream.of(program, "batch", "--output", "json"), Stream.of(arguments))
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

  /** The job as soon as it is as wished, three minutes at the latest. */
  JsonNode job(String id, Predicate<JsonNode> wished) throws IOException, InterruptedException {
    JsonNode job = described(id);
    for (int tries = 0; tries < 180 && !wished.test(job); tries++) {
      Thread.sleep(500);
      job = described(id);
    }
    if (!wished.test(job)) {
      throw new AssertionError("not as wished for after three minutes: " + job);
    }
    return job;
  }

  private JsonNode described(String id) throws IOException, InterruptedException {
    return batch("describe-jobs", "--jobs", id).at("/jobs/0");
  }

  /** A job that has ended. */
  JsonNode ended(String id) throws IOException, InterruptedException {
    return job(id, job -> job.path("stoppedAt").asLong() > 0 || over(job));
  }

  private static boolean over(JsonNode job) {
    return switch (job.path("status").asText()) {
      case "SUCCEEDED", "FAILED" -> true;
      default -> false;
    };
  }
}
