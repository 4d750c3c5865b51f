package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.validation.JobRoleRule;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.wire.http.HttpAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code SubmitJob} where roles are for certain callers and queues. */
class SubmittedRolesTest {
  private static final String ETL = "arn:aws:iam::111122223333:role/etl";
  private static final String PIPELINE = "arn:aws:iam::111122223333:role/pipeline";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/pipeline/run-1";
  private static final String DEFINITION =
      """
      {"type":"container","containerProperties":{"image":"i","jobRoleArn":"%s",
       "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"64"}]}}
      """;

  private final JobsFixture service =
      new JobsFixture(
          new JobRoles.Ruled(
              List.of(ETL),
              List.of(new JobRoleRule(ETL, List.of(PIPELINE), List.of("q", "night-*")))));

  @BeforeEach
  void define() {
    service.queue("night-1", true, ResourceStatus.VALID, null);
    service.queue("other", true, ResourceStatus.VALID, null);
    service.define("ruled", DEFINITION.formatted("etl"));
    service.define("foreign", DEFINITION.formatted("arn:aws:iam::111122223333:role/admin"));
  }

  private HttpAnswer submit(String caller, String queue, String definition) {
    return service.signed(caller, "SubmitJob", body(queue, definition));
  }

  @Test
  @DisplayName("The caller may use the definition's role in the rule's queues, by name or ARN")
  void allowed() {
    assertThat(submit(SESSION, "q", "ruled").status()).isEqualTo(200);
    assertThat(submit(SESSION, "night-1", "ruled:1").status()).isEqualTo(200);
    assertThat(submit(SESSION, JobsFixture.BATCH + "job-queue/q", "ruled").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("In another queue, or by another caller, the job is refused and not stored")
  void refused() {
    HttpAnswer answer = submit(SESSION, "other", "ruled");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "AccessDeniedException");
    assertThat(JobsFixture.json(answer).path("message").asText())
        .startsWith(
            "User: %s is not authorized to perform: iam:PassRole on resource: %s"
                .formatted(SESSION, ETL))
        .contains("in job queue other");
    assertThat(submit("arn:aws:iam::111122223333:user/bob", "q", "ruled").status()).isEqualTo(403);
    assertThat(service.send("SubmitJob", body("q", "ruled"), Map.of()).status()).isEqualTo(403);
    assertThat(
            service
                .call("ListJobs", "{\"jobQueue\":\"other\",\"jobStatus\":\"RUNNABLE\"}")
                .path("jobSummaryList"))
        .isEmpty();
  }

  @Test
  @DisplayName("A definition from before, whose role is none of the named ones, starts nothing")
  void foreign() {
    HttpAnswer answer = submit(SESSION, "q", "foreign");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(JobsFixture.json(answer).path("message").asText())
        .contains("not among the roles that jobs may have");
  }

  @Test
  @DisplayName("A definition without roles is for everybody")
  void without() {
    assertThat(submit("arn:aws:iam::111122223333:user/bob", "other", "d").status()).isEqualTo(200);
  }

  private static String body(String queue, String definition) {
    return "{\"jobName\":\"j\",\"jobQueue\":\"%s\",\"jobDefinition\":\"%s\"}"
        .formatted(queue, definition);
  }
}
