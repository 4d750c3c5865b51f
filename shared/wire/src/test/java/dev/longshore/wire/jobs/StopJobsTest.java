package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopJobsTest {
  private final JobsFixture world = new JobsFixture();

  @ParameterizedTest
  @ValueSource(strings = {"CancelJob", "TerminateJob"})
  void unknownAndEndedJobsAreASuccessThatChangesNothing(String operation) {
    JobKey done = world.submit("");
    world.runThrough(done, "t", 0);
    var before = world.stored(done);
    for (String id : new String[] {done.toString(), "11111111-2222-4333-8444-555555555555", "x"}) {
      assertThat(world.call(operation, "{\"jobId\":\"" + id + "\",\"reason\":\"r\"}").toString())
          .isEqualTo("{}");
    }
    assertThat(world.stored(done)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CancelJob", "TerminateJob"})
  void jobAndReasonAreRequired(String operation) {
    JobKey job = world.submit("");
    assertThat(world.refusal(operation, "{\"jobId\":\"" + job + "\"}"))
        .isEqualTo("'reason' is a required field (cannot be an empty string)");
    assertThat(world.refusal(operation, "{\"jobId\":\"" + job + "\",\"reason\":\"\"}"))
        .contains("'reason' is a required field");
    assertThat(world.refusal(operation, "{\"reason\":\"r\"}"))
        .contains("'jobId' is a required field");
    String long_ = "r".repeat(1025);
    assertThat(
            world.refusal(operation, "{\"jobId\":\"%s\",\"reason\":\"%s\"}".formatted(job, long_)))
        .isEqualTo("reason must have at most 1024 characters.");
    assertThat(world.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
  }

  @Test
  void aCancelDoesNotReachWhatHasStarted() {
    JobKey job = world.submit("");
    world.run(job, "t");
    world.call("CancelJob", "{\"jobId\":\"" + job + "\",\"reason\":\"r\"}");
    assertThat(world.stored(job).stop()).isNull();
  }

  @Test
  void aJobMayBeNamedByItsArn() {
    JobKey job = world.submit("");
    world.call(
        "TerminateJob", "{\"jobId\":\"arn:aws:batch:r:1:job/" + job + "\",\"reason\":\"r\"}");
    assertThat(world.stored(job).status()).isEqualTo(JobStatus.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CancelJobs", "TerminateJobs"})
  void manyJobsAreStoppedEachByItselfAndUnknownOnesCountAsStopped(String operation) {
    JobKey one = world.submit("");
    JobKey other = world.submit("");
    String unknown = "11111111-2222-4333-8444-555555555555";
    String answer =
        world
            .call(
                operation,
                "{\"jobs\":[\"%s\",\"%s\",\"%s\",\"%s\"],\"reason\":\"r\"}"
                    .formatted(one, other, unknown, one))
            .toString();
    assertThat(answer)
        .isEqualTo(
            "{\"successful\":[\"%s\",\"%s\",\"%s\"],\"errors\":[]}".formatted(one, other, unknown));
    assertThat(world.stored(one).status()).isEqualTo(JobStatus.FAILED);
    assertThat(world.stored(other).status()).isEqualTo(JobStatus.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CancelJobs", "TerminateJobs"})
  void manyJobsAreAtMostFiftyAndNeedAReason(String operation) {
    JobKey job = world.submit("");
    String jobs = "\"" + job + "\"" + ",\"x\"".repeat(50);
    assertThat(world.refusal(operation, "{\"jobs\":[" + jobs + "],\"reason\":\"r\"}"))
        .isEqualTo("jobs must have between 1 and 50 entries.");
    assertThat(world.refusal(operation, "{\"jobs\":[],\"reason\":\"r\"}"))
        .isEqualTo("jobs must have between 1 and 50 entries.");
    assertThat(world.refusal(operation, "{\"jobs\":[\"" + job + "\"]}"))
        .contains("'reason' is a required field");
    assertThat(world.stored(job).status()).isEqualTo(JobStatus.RUNNABLE);
  }
}
