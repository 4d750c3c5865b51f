package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An environment whose instances are its users'. */
class UnmanagedHostsTest {
  private static final String DESCRIBE = "{\"computeEnvironments\":[\"env\"]}";

  private final Rig rig = new Rig();
  private final Story story = new Story(rig);

  private String environment() {
    return rig.call("/v1/describecomputeenvironments", DESCRIBE);
  }

  private void minutes(int count) {
    for (int minute = 0; minute < count; minute++) {
      rig.pass(Duration.ofMinutes(1));
      rig.tick();
      rig.settle();
    }
  }

  @Test
  @DisplayName(
      "Jobs run on instances that users register with its cluster; none is launched or ended")
  void registered() {
    rig.call(
        "/v1/createcomputeenvironment",
        "{\"computeEnvironmentName\":\"env\",\"type\":\"UNMANAGED\"}");
    rig.settle();
    assertThat(environment()).contains("\"ecsClusterArn\"", "cluster/env_Batch_");
    story.queue();
    story.submit("single", "");
    rig.settle();
    assertThat(story.outcome().get("single")).startsWith("RUNNABLE");

    String instance = rig.ec2().boot(List.of());
    rig.settle();
    assertThat(story.outcome().get("single")).startsWith("SUCCEEDED");

    minutes(30);
    assertThat(rig.agents().running()).containsExactly(instance);
    assertThat(rig.ec2().fleets).isEmpty();
    assertThat(rig.ec2().terminated).isEmpty();
  }
}
