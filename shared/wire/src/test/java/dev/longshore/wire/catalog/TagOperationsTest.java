package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.wire.http.HttpAnswer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagOperationsTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";

  private final Service service = new Service();

  @BeforeEach
  void oneOfEach() {
    Samples.environments(service, "c");
    service.ok("CreateJobQueue", Samples.queue("q", "c"));
    service.ok("CreateSchedulingPolicy", Samples.policy("p", ""));
    service.ok(
        "RegisterJobDefinition",
        Samples.definition("d", "\"image\":\"i\",\"vcpus\":1,\"memory\":4"));
    JobSpec spec =
        new JobSpec(
            "j",
            "q",
            new DefinitionId("d", 1),
            new Shape(1, 4, 0),
            RetryStrategy.ONCE,
            0,
            2,
            null,
            0,
            1);
    service.jobs.create(
        Job.fresh(JobKey.whole(JobId.of(ID)), spec, new JobState.Open()),
        new JobDocument("{\"jobName\":\"j\"}", Map.of()));
  }

  private String list(String name) {
    HttpAnswer answer = service.tags("GET", Service.ARN + name, null, "");
    assertThat(answer.status()).isEqualTo(200);
    return Service.json(answer).toString();
  }

  private void tag(String name, String tags) {
    HttpAnswer answer = service.tags("POST", Service.ARN + name, null, "{\"tags\":" + tags + "}");
    assertThat(Service.json(answer)).isEqualTo(Service.json("{}"));
    assertThat(answer.status()).isEqualTo(200);
  }

  private static void refused(HttpAnswer answer, String text) {
    assertThat(Service.json(answer).path("message").asText()).isEqualTo(text);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "ClientException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compute-environment/c",
        "job-queue/q",
        "job-definition/d:1",
        "scheduling-policy/p",
        "job/" + ID
      })
  @DisplayName("Everything that can have tags gets, shows and loses them")
  void everything(String name) {
    assertThat(list(name)).isEqualTo("{\"tags\":{}}");
    tag(name, "{\"a\":\"1\",\"b\":\"2\"}");
    tag(name, "{\"b\":\"3\"}");
    HttpAnswer untagged = service.tags("DELETE", Service.ARN + name, "tagKeys=a&tagKeys=x%20y", "");
    assertThat(Service.json(untagged)).isEqualTo(Service.json("{}"));
    assertThat(list(name)).isEqualTo("{\"tags\":{\"b\":\"3\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn%3Aaws%3Abatch%3Aus-east-1%3A000000000000%3Ajob-queue%2Fq",
        "arn:aws:batch:us-east-1:000000000000:job-queue%2Fq",
        "arn:aws:batch:us-east-1:000000000000:job-queue/q",
        "arn:aws-cn:batch:cn-north-1:123456789012:job-queue/q"
      })
  @DisplayName("An ARN in the path is understood however it is escaped, of any region and account")
  void encodings(String arn) {
    tag("job-queue/q", "{\"a\":\"1\"}");
    assertThat(Service.json(service.tags("GET", arn, null, "")).toString())
        .isEqualTo("{\"tags\":{\"a\":\"1\"}}");
  }

  @Test
  @DisplayName("Tags do not change the status of what they are on, and show in Describe")
  void described() {
    service.settle();
    tag("job-queue/q", "{\"a\":\"1\"}");
    tag("compute-environment/c", "{\"a\":\"1\"}");
    tag("job-definition/d:1", "{\"a\":\"1\"}");
    assertThat(service.ok("DescribeJobQueues", "{}").toString())
        .contains("\"status\":\"VALID\"")
        .contains("\"tags\":{\"a\":\"1\"}");
    assertThat(service.ok("DescribeComputeEnvironments", "{}").toString())
        .contains("\"status\":\"VALID\"")
        .contains("\"tags\":{\"a\":\"1\"}");
    assertThat(service.ok("DescribeJobDefinitions", "{}").toString())
        .contains("\"tags\":{\"a\":\"1\"}");
  }

  @Test
  @DisplayName("Tags of a job leave the rest of its document alone")
  void jobDocument() {
    tag("job/" + ID, "{\"a\":\"1\"}");
    assertThat(service.jobs.document(JobId.of(ID)))
        .contains(new JobDocument("{\"jobName\":\"j\"}", Map.of("a", "1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compute-environment/x",
        "job-queue/x",
        "job-definition/d:2",
        "scheduling-policy/x",
        "job/22222222-2222-4333-8444-555555555555",
        "job/x",
        "consumable-resource/x"
      })
  @DisplayName("What is unknown does not exist")
  void unknown(String name) {
    String text = "Resource %s%s does not exist".formatted(Service.ARN, name);
    refused(service.tags("GET", Service.ARN + name, null, ""), text);
    refused(service.tags("POST", Service.ARN + name, null, "{\"tags\":{\"a\":\"1\"}}"), text);
    refused(service.tags("DELETE", Service.ARN + name, "tagKeys=a", ""), text);
  }

  @ParameterizedTest
  @CsvSource({"job/" + ID + ":0", "job/" + ID + "%230"})
  @DisplayName("Children of arrays and nodes of multi-node jobs cannot have tags")
  void children(String name) {
    refused(
        service.tags("GET", Service.ARN + name, null, ""),
        "Child jobs of array jobs and nodes of multi-node jobs cannot have tags.");
  }

  @Test
  @DisplayName("Adding or removing nothing, reserved keys and bare definitions are refused")
  void wrong() {
    String arn = Service.ARN + "job-queue/q";
    refused(service.tags("POST", arn, null, "{\"tags\":{}}"), "tags must have at least one entry.");
    refused(
        service.tags("POST", arn, null, "{\"tags\":{\"AWS:a\":\"1\"}}"),
        "Tag key AWS:a is not allowed: the prefix aws: is reserved.");
    refused(service.tags("DELETE", arn, null, ""), "tagKeys must have between 1 and 50 entries.");
    refused(
        service.tags("GET", Service.ARN + "job-definition/d", null, ""),
        "Job definition ARN %sjob-definition/d must end with a revision.".formatted(Service.ARN));
    refused(service.tags("GET", "nothing", null, ""), "Resource nothing does not exist");
  }
}
