package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitJobTest {
  private static final String ABSENT = "11111111-2222-4333-8444-555555555555";

  private final JobsFixture world = new JobsFixture();

  @Test
  void anAcceptedJobIsNamedInTheAnswerAndRunnableAtOnce() {
    var answer =
        world.call(
            "SubmitJob", "{\"jobName\":\"Hi_1-x\",\"jobQueue\":\"q\",\"jobDefinition\":\"d\"}");
    String id = answer.get("jobId").textValue();
    assertThat(answer.get("jobName").textValue()).isEqualTo("Hi_1-x");
    assertThat(answer.get("jobArn").textValue()).isEqualTo(JobsFixture.BATCH + "job/" + id);
    Job job = world.stored(JobKey.parse(id).orElseThrow());
    assertThat(job.status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(job.spec())
        .isEqualTo(
            new JobSpec(
                "Hi_1-x",
                "q",
                new DefinitionId("d", 1),
                new Shape(1, 256, 0),
                RetryStrategy.ONCE,
                0,
                0,
                null,
                0,
                world.now()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d",
        "d:2",
        "arn:aws:batch:us-east-1:999999999999:job-definition/d:2",
        "arn:aws:batch:us-east-1:999999999999:job-definition/d"
      })
  void aDefinitionIsNamedInFourWaysAndTheNewestActiveRevisionIsMeant(String reference) {
    String document = document("a");
    world.define("d", document);
    DefinitionId third = world.define("d", document);
    deregister(third);
    JobKey job = submitTo("arn:aws:batch:r:1:job-queue/q", reference);
    assertThat(world.stored(job).spec().definition()).isEqualTo(new DefinitionId("d", 2));
    assertThat(world.stored(job).spec().queue()).isEqualTo("q");
  }

  private void deregister(DefinitionId id) {
    var definition = world.catalog.definition(id).orElseThrow();
    assertThat(world.catalog.saveDefinition(definition.deregistered(world.now()))).isTrue();
  }

  private JobKey submitTo(String queue, String definition) {
    String id =
        world
            .call(
                "SubmitJob",
                "{\"jobName\":\"a\",\"jobQueue\":\"%s\",\"jobDefinition\":\"%s\"}"
                    .formatted(queue, definition))
            .get("jobId")
            .textValue();
    return JobKey.parse(id).orElseThrow();
  }

  private static String document(String command) {
    return """
    {"type":"container","parameters":{"p":"default"},"schedulingPriority":7,
     "retryStrategy":{"attempts":3},"timeout":{"attemptDurationSeconds":90},
     "containerProperties":{"image":"i","command":["%s"],"resourceRequirements":
     [{"type":"VCPU","value":"2"},{"type":"MEMORY","value":"512"},
      {"type":"GPU","value":"1"}]}}\
    """
        .formatted(command);
  }

  @Test
  void requiredMembersComeFirst() {
    assertThat(world.refusal("SubmitJob", "{}")).contains("jobName is required.");
    assertThat(world.refusal("SubmitJob", "{\"jobName\":\"a\"}")).contains("jobQueue is required.");
    assertThat(world.refusal("SubmitJob", "{\"jobName\":\"a\",\"jobQueue\":\"none\"}"))
        .contains("jobDefinition is required.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "-a", "_a", "a b", "ü"})
  void aJobNameHasAPattern(String name) {
    assertThat(refusal(name, "none", "none"))
        .isEqualTo(
            "Error executing request, Exception : Job name should match valid pattern, RequestId:"
                + " request-1");
    assertThat(refusal("a".repeat(129), "none", "none")).contains("should match valid pattern");
  }

  @Test
  void theQueueIsCheckedBeforeTheDefinition() {
    String arn = "arn:aws:batch:eu-west-1:123456789012:job-queue/none";
    assertThat(refusal("a", "none", "none")).isEqualTo("JobQueue none not found.");
    assertThat(refusal("a", arn, "none")).isEqualTo("JobQueue " + arn + " not found.");
    assertThat(refusal("a", "arn:aws:batch:r:1:job/x", "none")).endsWith(" not found.");
    world.queue("off", false, ResourceStatus.VALID, null);
    assertThat(refusal("a", "off", "none"))
        .isEqualTo("JobQueue off is in DISABLED state and cannot accept jobs");
    world.queue("going", true, ResourceStatus.DELETING, null);
    assertThat(refusal("a", "going", "none")).contains("DELETING");
    world.queue("coming", true, ResourceStatus.CREATING, null);
    assertThat(submitTo("coming", "d")).isNotNull();
  }

  @Test
  void aDefinitionMustExistAndBeActive() {
    assertThat(refusal("a", "q", "none"))
        .isEqualTo("JobDefinition name none does not exist or is not in ACTIVE status");
    assertThat(refusal("a", "q", "d:9"))
        .isEqualTo("JobDefinition " + JobsFixture.BATCH + "job-definition/d:9 not found.");
    assertThat(refusal("a", "q", "d:latest"))
        .isEqualTo("Provided name d:latest is not supported pattern[a-zA-Z_0-9-]{1,128}");
    assertThat(refusal("a", "q", "d.e")).contains("is not supported pattern");
    assertThat(refusal("a", "q", "arn:aws:batch:r:1:job-queue/q")).contains("not found.");
    deregister(new DefinitionId("d", 1));
    assertThat(refusal("a", "q", "d"))
        .isEqualTo("JobDefinition name d does not exist or is not in ACTIVE status");
    assertThat(refusal("a", "q", "d:1")).endsWith("is not in ACTIVE status");
  }

  private String refusal(String name, String queue, String definition) {
    return world.refusal(
        "SubmitJob",
        "{\"jobName\":\"%s\",\"jobQueue\":\"%s\",\"jobDefinition\":\"%s\"}"
            .formatted(name, queue, definition));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"type":"container","eksProperties":{}} | Jobs with eksProperties are not supported; use containerProperties or ecsProperties.
          {"type":"container","platformCapabilities":["FARGATE"],"containerProperties":{}} | Job Queue is attached to Compute Environment that can not run Jobs with capability FARGATE
          """)
  void whatCannotRunIsRefused(String document, String message) {
    world.define("other", document);
    assertThat(refusal("a", "q", "other")).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "arrayProperties":{"size":1} | arrayProperties.size must be between 2 and 10000.
          "arrayProperties":{"size":10001} | arrayProperties.size must be between 2 and 10000.
          "dependsOn":[{"type":"SEQUENTIAL"}] | A dependency of type SEQUENTIAL is only allowed for array jobs.
          "dependsOn":[{"jobId":"x","type":"N_TO_N"}] | A dependency of type N_TO_N is only allowed for array jobs.
          "arrayProperties":{"size":2},"dependsOn":[{"type":"N_TO_N"}] | dependsOn.jobId is required.
          "arrayProperties":{"size":2},"dependsOn":[{"jobId":"11111111-2222-4333-8444-555555555555","type":"N_TO_N"}] | Job 11111111-2222-4333-8444-555555555555 in dependsOn does not exist.
          "arrayProperties":{"size":2},"dependsOn":[{"jobId":"11111111-2222-4333-8444-555555555555","type":"SEQUENTIAL"}] | it takes no jobId.
          "arrayProperties":{"size":2},"dependsOn":[{"jobId":"x","type":"AFTER"}] | Member dependsOn[0].type must be one of [N_TO_N, SEQUENTIAL], but was "AFTER".
          "dependsOn":[{}] | dependsOn.jobId is required.
          "dependsOn":[{"jobId":"x"}] | Job x in dependsOn does not exist.
          "dependsOn":[{"jobId":"11111111-2222-4333-8444-555555555555"}] | Job 11111111-2222-4333-8444-555555555555 in dependsOn does not exist.
          "dependsOn":[{"jobId":"11111111-2222-4333-8444-555555555555:3"}] | is part of a job; name the whole job.
          "nodeOverrides":{"numNodes":2} | nodeOverrides are only allowed for multinode job definitions.
          "ecsPropertiesOverride":{} | ecsPropertiesOverride is only allowed
          "eksPropertiesOverride":{} | eksPropertiesOverride is only allowed
          "consumableResourcePropertiesOverride":{"consumableResourceList":[{"consumableResource":"x","quantity":1}]} | ConsumableResource x does not exist.
          "consumableResourcePropertiesOverride":{"consumableResourceList":[{"consumableResource":"x"}]} | consumableResourceList.quantity is required.
          "containerOverrides":{"command":["a",""]} | command must not contain an empty string.
          "containerOverrides":{"environment":[{"name":"AWS_BATCH_X","value":"1"}]} | names starting with AWS_BATCH are reserved.
          "containerOverrides":{"environment":[{"value":"1"}]} | environment.name is required.
          "containerOverrides":{"resourceRequirements":[{"type":"VCPU","value":"0"}]} | container vcpus limit must be greater than 0
          "containerOverrides":{"resourceRequirements":[{"type":"VCPU","value":"0.5"}]} | is not valid. Please provide a numeric value.
          "containerOverrides":{"resourceRequirements":[{"type":"MEMORY","value":"3"}]} | container memory limit must be greater than 4
          "containerOverrides":{"resourceRequirements":[{"type":"GPU","value":"-1"}]} | is not valid. Please provide a numeric value.
          "containerOverrides":{"resourceRequirements":[{"type":"DISK","value":"1"}]} | must be one of [GPU, VCPU, MEMORY]
          "containerOverrides":{"resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"VCPU","value":"2"}]} | resourceRequirements must have one entry of type VCPU
          "retryStrategy":{} | RetryAttempts must be provided with retry strategy
          "retryStrategy":{"attempts":0} | retryStrategy.attempts must be between 1 and 10.
          "retryStrategy":{"attempts":11} | retryStrategy.attempts must be between 1 and 10.
          "retryStrategy":{"attempts":2,"evaluateOnExit":[{"onReason":"x"}]} | evaluateOnExit.action is required.
          "timeout":{"attemptDurationSeconds":59} | timeout.attemptDurationSeconds must be at least 60.
          "shareIdentifier":"a" | Job with shareIdentifier or schedulingPriority can only be submitted to job queue with fair share scheduling policy.
          "schedulingPriorityOverride":1 | Job with shareIdentifier or schedulingPriority can only be submitted to job queue with fair share scheduling policy.
          "tags":{"aws:x":"1"} | Tag key aws:x is not allowed: the prefix aws: is reserved.
          "containerOverrides":{"command":["Ref::none"]} | Unable to substitute value. No parameter found for reference none
          """)
  void eachMemberHasItsRules(String members, String message) {
    assertThat(
            world.refusal(
                "SubmitJob",
                "{\"jobName\":\"a\",\"jobQueue\":\"q\",\"jobDefinition\":\"d\"," + members + "}"))
        .contains(message);
    assertThat(world.jobs.line("q", Lane.RUNNABLE, null, true, 10)).isEmpty();
  }

  @Test
  void aJobHasAtMostTwentyDependencies() {
    String entry = "{\"jobId\":\"" + ABSENT + "\"}";
    String many = IntStream.range(0, 21).mapToObj(_ -> entry).collect(Collectors.joining(","));
    assertThat(
            world.refusal(
                "SubmitJob",
                "{\"jobName\":\"a\",\"jobQueue\":\"q\",\"jobDefinition\":\"d\",\"dependsOn\":["
                    + many
                    + "]}"))
        .isEqualTo(
            "Error executing request, Exception : Job cannot have more than 20 dependencies,"
                + " RequestId: request-1");
  }

  @Test
  void definitionsWithoutCpuOrMemoryNeedThemInTheOverrides() {
    world.define("bare", "{\"type\":\"container\",\"containerProperties\":{\"image\":\"i\"}}");
    assertThat(refusal("a", "q", "bare")).contains("containerProperties must contain vcpus");
  }

  @Test
  void aDependentJobWaits() {
    JobKey first = world.submit("");
    JobKey array = world.submit("\"arrayProperties\":{\"size\":3}");
    JobKey second =
        world.submit(
            "\"dependsOn\":[{\"jobId\":\"%s\"},{\"jobId\":\"arn:aws:batch:r:1:job/%s\"}]"
                .formatted(first, array));
    assertThat(world.stored(second).state())
        .isEqualTo(new JobState.Pending(Set.of(first.job(), array.job())));
    assertThat(world.jobs.edges(first.job(), null, 10)).containsExactly(second.job());
  }

  @Test
  void overridesAreMergedIntoWhatTheEngineDecidesOn() {
    world.define("full", document("x"));
    JobKey job =
        submitWith(
            "full",
            """
            "containerOverrides":{"resourceRequirements":[{"type":"MEMORY","value":"1024"}]},
            "retryStrategy":{"attempts":2,"evaluateOnExit":[{"onExitCode":"1*","action":"Exit"}]},
            "timeout":{"attemptDurationSeconds":60},"arrayProperties":{"size":10000}\
            """);
    JobSpec spec = world.stored(job).spec();
    assertThat(spec.shape()).isEqualTo(new Shape(2, 1024, 1));
    assertThat(spec.retry())
        .isEqualTo(new RetryStrategy(2, List.of(new ExitRule(null, null, "1*", false))));
    assertThat(spec.timeoutSeconds()).isEqualTo(60);
    assertThat(spec.arraySize()).isEqualTo(10_000);
    assertThat(world.stored(job).state()).isEqualTo(new JobState.Open());
  }

  @Test
  void whatTheSubmissionLeavesOutTheDefinitionSays() {
    world.define("full", document("x"));
    JobSpec spec = world.stored(submitWith("full", "\"parameters\":{}")).spec();
    assertThat(spec.shape()).isEqualTo(new Shape(2, 512, 1));
    assertThat(spec.retry()).isEqualTo(new RetryStrategy(3, List.of()));
    assertThat(spec.timeoutSeconds()).isEqualTo(90);
  }

  private JobKey submitWith(String definition, String members) {
    String id =
        world
            .call(
                "SubmitJob",
                "{\"jobName\":\"a\",\"jobQueue\":\"q\",\"jobDefinition\":\"%s\",%s}"
                    .formatted(definition, members))
            .get("jobId")
            .textValue();
    return JobKey.parse(id).orElseThrow();
  }

  @Test
  void theDocumentHoldsWhatTheJobItselfDoesNotKnow() {
    JobKey job =
        world.submit(
            """
            "parameters":{"a":"b"},"containerOverrides":{"command":["x"]},"propagateTags":true,
            "tags":{"team":"t"},"arrayProperties":{"size":2}\
            """);
    var document = world.jobs.document(job.job()).orElseThrow();
    assertThat(document.tags()).isEqualTo(Map.of("team", "t"));
    assertThat(document.json())
        .isEqualTo(
            "{\"parameters\":{\"a\":\"b\"},\"containerOverrides\":{\"command\":[\"x\"]},"
                + "\"propagateTags\":true}");
    assertThat(world.jobs.document(world.submit("").job()).orElseThrow().json()).isEqualTo("{}");
  }

  @Test
  void aFairShareQueueWantsAShareAndKeepsThePriority() {
    String body = "{\"jobName\":\"a\",\"jobQueue\":\"fair\",\"jobDefinition\":\"%s\"%s}";
    world.define("full", document("x"));
    assertThat(world.refusal("SubmitJob", body.formatted("d", "")))
        .isEqualTo("shareIdentifier must be specified for a job queue with a scheduling policy.");
    assertThat(world.refusal("SubmitJob", body.formatted("d", ",\"shareIdentifier\":\"a-b\"")))
        .contains("letters and digits");
    assertThat(
            world.refusal(
                "SubmitJob",
                body.formatted(
                    "d", ",\"shareIdentifier\":\"a\",\"schedulingPriorityOverride\":10000")))
        .isEqualTo("schedulingPriorityOverride must be between 0 and 9999.");
    assertThat(sharedJob(body.formatted("full", ",\"shareIdentifier\":\"teamA\"")).priority())
        .isEqualTo(7);
    JobSpec spec =
        sharedJob(
            body.formatted(
                "full", ",\"shareIdentifier\":\"teamA\",\"schedulingPriorityOverride\":0"));
    assertThat(spec.priority()).isZero();
    assertThat(spec.share()).isEqualTo("teamA");
  }

  private JobSpec sharedJob(String body) {
    String id = world.call("SubmitJob", body).get("jobId").textValue();
    return world.stored(JobKey.parse(id).orElseThrow()).spec();
  }

  @Test
  void triesOfOneCallAreOneJobAndEqualCallsAreTwo() {
    String body = "{\"jobName\":\"a\",\"jobQueue\":\"q\",\"jobDefinition\":\"d\"}";
    Map<String, String> call = Map.of("amz-sdk-invocation-id", "call-1");
    assertThat(idOf(body, call)).isEqualTo(idOf(body, call)).isEqualTo(idOf(body, call));
    assertThat(idOf(body, Map.of("amz-sdk-invocation-id", "call-2")))
        .isNotEqualTo(idOf(body, call));
    assertThat(idOf(body.replace("\"a\"", "\"b\""), call)).isNotEqualTo(idOf(body, call));
    assertThat(idOf(body, Map.of())).isNotEqualTo(idOf(body, Map.of()));
    assertThat(world.jobs.line("q", Lane.RUNNABLE, null, true, 10)).hasSize(5);
  }

  private String idOf(String body, Map<String, String> headers) {
    return JobsFixture.json(world.send("SubmitJob", body, headers)).get("jobId").textValue();
  }
}
