package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Instances of which the records and the cluster know nothing. */
class ReconciledHostsTest {
  private static final String DESCRIBE = "{\"computeEnvironments\":[\"env\"]}";

  private final Rig rig = new Rig();
  private final Story story = new Story(rig);

  private void minutes(int count) {
    for (int minute = 0; minute < count; minute++) {
      rig.pass(Duration.ofMinutes(1));
      rig.tick();
      rig.settle();
    }
  }

  private String environment() {
    return rig.call("/v1/describecomputeenvironments", DESCRIBE);
  }

  @Test
  @DisplayName("An instance that was launched and is in no record is ended, and nothing else is")
  void strayIsEnded() {
    story.prepare(4);
    minutes(1);
    assertThat(rig.agents().running()).hasSize(2);
    rig.agents().silence();
    String stray =
        rig.ec2().boot(rig.ec2().fleets.getFirst().tagSpecifications().getFirst().tags());

    minutes(17);

    assertThat(rig.ec2().terminated).containsExactly(stray);
  }

  @Test
  @DisplayName("An instance that a deleted environment left behind is ended before it is gone")
  void strayOfADeletedEnvironment() {
    story.environment(0);
    rig.agents().silence();
    minutes(1);
    rig.call(
        "/v1/updatecomputeenvironment",
        "{\"computeEnvironment\":\"env\",\"computeResources\":{\"minvCpus\":2}}");
    rig.settle();
    minutes(1);
    String stray =
        rig.ec2().boot(rig.ec2().fleets.getFirst().tagSpecifications().getFirst().tags());

    delete();

    assertThat(environment()).contains("\"computeEnvironments\":[]");
    assertThat(rig.ec2().terminated).contains(stray).hasSize(2);
  }

  private void delete() {
    rig.call(
        "/v1/updatecomputeenvironment", "{\"computeEnvironment\":\"env\",\"state\":\"DISABLED\"}");
    rig.settle();
    rig.call("/v1/deletecomputeenvironment", "{\"computeEnvironment\":\"env\"}");
    rig.settle();
    minutes(2);
  }

  @Test
  @DisplayName(
      "When nothing of three launches in a row joins, the environment is INVALID, says why,"
          + " launches no more, and can be deleted")
  void nothingJoins() {
    rig.agents().silence();
    story.environment(4);

    minutes(25);
    assertThat(environment()).contains("\"status\":\"VALID\"");

    minutes(15);
    assertThat(environment())
        .contains("\"status\":\"INVALID\"", "none of the instances joined the underlying ECS");
    int launches = rig.ec2().fleets.size();
    assertThat(launches).isEqualTo(3);

    minutes(15);
    assertThat(rig.ec2().fleets).hasSize(launches);
    assertThat(rig.agents().running()).isEmpty();
    delete();
    assertThat(environment()).contains("\"computeEnvironments\":[]");
  }

  @Test
  @DisplayName("Launches that fail between others that join leave the environment VALID")
  void someJoin() {
    story.environment(2);
    for (int turn = 0; turn < 3; turn++) {
      rig.agents().silence();
      // What is there is ended by somebody, and what replaces it does not join.
      rig.report(rig.agents().ended());
      minutes(14);
      rig.agents().speak();
      minutes(2);
    }
    assertThat(environment()).contains("\"status\":\"VALID\"");
  }
}
