package dev.longshore.functions.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An environment, a queue and jobs of all kinds, from the first call to the last host's end. */
final class Story {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Rig rig;
  private final Map<String, String> ids = new LinkedHashMap<>();
  private boolean patient = true;

  Story(Rig rig) {
    this.rig = rig;
    rig.agents().ending(this::exitCode);
  }

  /** An environment without hosts yet, a queue and a definition. */
  Story prepare() {
    return prepare(0);
  }

  /** Likewise, with an environment that keeps so many vCPUs. */
  Story prepare(int minvCpus) {
    return prepare(minvCpus, "EC2");
  }

  /** Likewise, of a type. */
  Story prepare(int minvCpus, String type) {
    environment(minvCpus, type);
    return queue();
  }

  /** A queue on the environment and a definition. */
  Story queue() {
    rig.call(
        "/v1/createjobqueue",
        """
        {"jobQueueName":"q","priority":1,
         "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"env"}]}\
        """);
    rig.call(
        "/v1/registerjobdefinition",
        """
        {"jobDefinitionName":"d","type":"container","containerProperties":{"image":"busybox",
         "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"512"}]}}\
        """);
    rig.settle();
    return this;
  }

  /** The environment alone. */
  void environment(int minvCpus) {
    environment(minvCpus, "EC2");
  }

  /** Likewise, of a type: EC2 or SPOT. */
  void environment(int minvCpus, String type) {
    rig.call(
        "/v1/createcomputeenvironment",
        """
        {"computeEnvironmentName":"env","type":"MANAGED","computeResources":{"type":"%s",
         "minvCpus":%d,"maxvCpus":16,"allocationStrategy":"BEST_FIT_PROGRESSIVE",
         "instanceTypes":["m5.large"],
         "subnets":["subnet-1","subnet-2"],
         "securityGroupIds":["sg-1"],"instanceRole":"ecsInstanceRole"}}\
        """
            .formatted(type, minvCpus));
    rig.settle();
  }

  /** All jobs are there; those that end by themselves may have ended. */
  Story begin() {
    submit("single", "");
    submit("array", ",\"arrayProperties\":{\"size\":3}");
    submit("later", ",\"dependsOn\":[{\"jobId\":\"" + ids.get("single") + "\"}]");
    submit("again", ",\"retryStrategy\":{\"attempts\":2}");
    submit("long", "");
    submit("unwanted", "");
    rig.settle();
    return this;
  }

  /** Submits a job with this name; its ID. */
  String submit(String name, String more) {
    return submit(name, more, "d");
  }

  /** Likewise, of another definition. */
  String submit(String name, String more, String definition) {
    String answer =
        rig.call(
            "/v1/submitjob",
            "{\"jobName\":\"%s\",\"jobQueue\":\"q\",\"jobDefinition\":\"%s\"%s}"
                .formatted(name, definition, more));
    String id = parsed(answer).path("jobId").asText();
    ids.put(name, id);
    return id;
  }

  /** The ID of the job with this name. */
  String id(String name) {
    return Objects.requireNonNull(ids.get(name));
  }

  /** One of those that run is terminated, the other ends; hosts go when nothing needs them. */
  void end() {
    rig.call(
        "/v1/terminatejob",
        "{\"jobId\":\"%s\",\"reason\":\"unwanted\"}".formatted(ids.get("unwanted")));
    rig.settle();
    finish();
    for (int minute = 0; minute < 40; minute++) {
      rig.pass(Duration.ofMinutes(1));
      rig.tick();
      rig.settle();
    }
  }

  /** What ran on ends. */
  void finish() {
    patient = false;
    rig.settle();
  }

  private @Nullable Integer exitCode(AttemptKey attempt) {
    JobId job = attempt.key().job();
    if (is(job, "long") || is(job, "unwanted")) {
      return patient ? null : Integer.valueOf(0);
    }
    return is(job, "again") && attempt.attempt() == 1 ? 1 : 0;
  }

  private boolean is(JobId job, String name) {
    return job.toString().equals(ids.get(name));
  }

  /** How the jobs stand: status, why, and the exit code of each attempt. */
  Map<String, String> outcome() {
    Map<String, String> outcome = new TreeMap<>();
    ids.forEach((name, id) -> {
      JsonNode job =
          parsed(rig.call("/v1/describejobs", "{\"jobs\":[\"" + id + "\"]}")).at("/jobs/0");
      StringBuilder text = new StringBuilder(job.path("status").asText());
      text.append(' ').append(job.path("statusReason").asText());
      job.path("attempts").forEach(it -> text.append(' ').append(it.at("/container/exitCode")));
      text.append(' ').append(job.at("/arrayProperties/statusSummary"));
      outcome.put(name, text.toString());
    });
    return outcome;
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
