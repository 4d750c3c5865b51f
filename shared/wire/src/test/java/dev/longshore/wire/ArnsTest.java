package dev.longshore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.Arns.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArnsTest {
  private final Arns arns = new Arns("eu-west-1", "123456789012");

  @Test
  void resourcesAreNamedAsTheServiceNamesThem() {
    String batch = "arn:aws:batch:eu-west-1:123456789012:";
    JobId id = JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8");
    assertThat(arns.queue("q")).isEqualTo(batch + "job-queue/q");
    assertThat(arns.environment("c")).isEqualTo(batch + "compute-environment/c");
    assertThat(arns.definition(new DefinitionId("d", 3))).isEqualTo(batch + "job-definition/d:3");
    assertThat(arns.policy("p")).isEqualTo(batch + "scheduling-policy/p");
    assertThat(arns.job(JobKey.child(id, 7))).isEqualTo(batch + "job/" + id + ":7");
  }

  @Test
  void theEcsClusterFollowsFromTheEnvironment() {
    assertThat(arns.cluster("ce"))
        .matches("arn:aws:ecs:eu-west-1:123456789012:cluster/ce_Batch_[0-9a-f-]{36}");
    String ofTask = arns.cluster("ce").replace(":cluster/", ":task/") + "/t1";
    assertThat(arns.task("ce", "t1")).isEqualTo(ofTask);
    String ofInstance = arns.cluster("ce").replace(":cluster/", ":container-instance/") + "/c1";
    assertThat(arns.containerInstance("ce", "c1")).isEqualTo(ofInstance);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:batch:us-east-1:999999999999:job-queue/q,JOB_QUEUE,q",
    "arn:aws-cn:batch:cn-north-1:1:job-definition/d:12,JOB_DEFINITION,d:12",
    "arn:aws:batch:::compute-environment/c,COMPUTE_ENVIRONMENT,c",
    "arn:aws:batch:r:1:job/4c7599ae-0a82-49aa-ba5a-4727fcce14a8#0,JOB,"
        + "4c7599ae-0a82-49aa-ba5a-4727fcce14a8#0"
  })
  void arnsOfAnyRegionAndAccountAreRead(String arn, Kind kind, String name) {
    assertThat(Arns.parse(arn)).contains(new Named(kind, name));
    assertThat(Arns.nameOf(kind, arn)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ecs:us-east-1:1:cluster/c",
        "arn:aws:batch:us-east-1:1:job-queue/",
        "arn:aws:batch:us-east-1:1:bogus/x",
        "arn:aws:batch:us-east-1:1:job-definition/d:1"
      })
  void anArnOfSomethingElseNamesNoQueue(String arn) {
    assertThat(Arns.nameOf(Kind.JOB_QUEUE, arn)).isEmpty();
  }

  @Test
  void aNameIsTakenAsItIs() {
    assertThat(Arns.nameOf(Kind.JOB_QUEUE, "q")).contains("q");
  }
}
