package dev.longshore.integration.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a person does with the AWS CLI: environments, queues, definitions and jobs. */
final class Jobs {
  private static final String UNTESTED = "the whole loop is not tested";

  private final AwsCli cli;
  private final String image;

  Jobs(AwsCli cli) {
    this.cli = cli;
    this.image =
        Needed.variable("LONGSHORE_REGISTRY", UNTESTED)
            + "/"
            + Needed.variable("LONGSHORE_JOB_IMAGE", UNTESTED);
  }

  /** A queue on an environment with these options, as soon as both are VALID. */
  void queue(String name, String environment, String... options)
      throws IOException, InterruptedException {
    call(List.of("create-compute-environment", "--compute-environment-name", environment), options);
    eventually(
        it -> it.at("/computeEnvironments/0/status").asText().equals("VALID"),
        "describe-compute-environments",
        "--compute-environments",
        environment);
    call(
        List.of("create-job-queue", "--job-queue-name", name, "--priority", "1"),
        "--compute-environment-order",
        "order=1,computeEnvironment=" + environment);
    eventually(
        it -> it.at("/jobQueues/0/status").asText().equals("VALID"),
        "describe-job-queues",
        "--job-queues",
        name);
  }

  /** Registers a definition of a job that runs this script of the shell. */
  void define(String name, String script, String... options)
      throws IOException, InterruptedException {
    call(
        List.of(
            "register-job-definition",
            "--job-definition-name",
            name,
            "--type",
            "container",
            "--container-properties",
            """
            {"image":"%s","command":["sh","-c","%s"],"resourceRequirements":[
            {"type":"VCPU","value":"1"},{"type":"MEMORY","value":"128"}]}
            """
                .formatted(image, script)),
        options);
  }

  /** Submits a job of this definition to the queue {@code q}; its ID. */
  String submit(String definition, String... options) throws IOException, InterruptedException {
    return submitTo("q", definition, options);
  }

  /** Submits a job of this definition; its ID. */
  String submitTo(String queue, String definition, String... options)
      throws IOException, InterruptedException {
    return call(
            List.of(
                "submit-job",
                "--job-name",
                definition,
                "--job-queue",
                queue,
                "--job-definition",
                definition),
            options)
        .path("jobId")
        .asText();
  }

  void terminate(String job, String reason) throws IOException, InterruptedException {
    cli.batch("terminate-job", "--job-id", job, "--reason", reason);
  }

  /** The job as soon as it is in this state. */
  JsonNode in(String state, String job) throws IOException, InterruptedException {
    return job(job, it -> it.path("status").asText().equals(state));
  }

  /** The job as soon as it is over and nothing of it runs any more. */
  JsonNode ended(String job) throws IOException, InterruptedException {
    return job(job, it -> it.path("stoppedAt").asLong() > 0);
  }

  private JsonNode job(String job, Predicate<JsonNode> wished)
      throws IOException, InterruptedException {
    return eventually(it -> wished.test(it.at("/jobs/0")), "describe-jobs", "--jobs", job)
        .at("/jobs/0");
  }

  /** What a command answers as soon as that is as wished, five minutes at the latest. */
  private JsonNode eventually(Predicate<JsonNode> wished, String... command)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + 300_000_000_000L;
    JsonNode last = cli.batch(command);
    while (!wished.test(last) && System.nanoTime() < end) {
      Thread.sleep(250);
      last = cli.batch(command);
    }
    assertThat(wished.test(last)).as("after five minutes: " + last).isTrue();
    return last;
  }

  private JsonNode call(List<String> command, String... options)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(options));
    return cli.batch(whole.toArray(String[]::new));
  }
}
