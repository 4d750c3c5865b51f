package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.aws.ec2.FakeEc2;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What EC2 does to fleets and no emulator plays; that nothing joins is in another test. */
class UnreliableEc2Test {
  private final Rig rig = new Rig();
  private final FakeEc2 ec2 = rig.ec2();
  private final Story story = new Story(rig);

  private void minutes(int count) {
    for (int minute = 0; minute < count; minute++) {
      rig.pass(Duration.ofMinutes(1));
      rig.tick();
      rig.settle();
    }
  }

  @Test
  @DisplayName("A fleet that comes in part is used, and the rest is asked for when its type rested")
  void partly() {
    ec2.capacity.put("subnet-1", 1);
    ec2.capacity.put("subnet-2", 0);
    story.environment(4);
    minutes(3);
    assertThat(rig.agents().running()).hasSize(1);
    assertThat(ec2.fleets).hasSize(1);

    ec2.capacity.clear();
    minutes(4);
    assertThat(rig.agents().running()).hasSize(2);
    assertThat(ec2.terminated).isEmpty();
  }

  @Test
  @DisplayName("A zone without capacity delays nothing while another one has it")
  void zone() {
    ec2.capacity.put("subnet-1", 0);
    story.environment(4);
    minutes(1);
    assertThat(rig.agents().running()).hasSize(2);
    assertThat(ec2.fleets).hasSize(1);
  }

  @Test
  @DisplayName("A launch that is throttled is asked for again, once, with the same token")
  void throttled() {
    rig.letRoundsFail();
    ec2.before.add(FakeEc2.error("RequestLimitExceeded", "Request limit exceeded."));
    ec2.before.add(FakeEc2.error("RequestLimitExceeded", "Request limit exceeded."));
    story.environment(4);
    minutes(3);
    assertThat(ec2.before).isEmpty();
    assertThat(rig.agents().running()).hasSize(2);
    assertThat(ec2.fleets).hasSize(1);
  }

  @Test
  @DisplayName("A launch whose answer was lost is found again while listings do not show it yet")
  void stale() {
    rig.letRoundsFail();
    ec2.after.add(SdkClientException.create("timed out"));
    ec2.stale = true;
    story.environment(4);
    minutes(3);
    assertThat(ec2.fleets).hasSize(1);

    ec2.stale = false;
    minutes(20);
    assertThat(ec2.fleets).hasSize(1);
    assertThat(rig.agents().running()).hasSize(2);
    assertThat(ec2.terminated).isEmpty();
  }

  @Test
  @DisplayName("A job on Spot capacity that is taken back is stopped in time and runs elsewhere")
  void reclaimed() {
    story.prepare(0, "SPOT");
    story.submit("long", ",\"retryStrategy\":{\"attempts\":2}");
    rig.settle();
    minutes(1);
    List<String> before = rig.agents().running();
    assertThat(before).hasSize(1);
    assertThat(rig.agents().tasks()).hasSize(1);

    rig.report(rig.agents().warnings());
    minutes(5);

    assertThat(rig.agents().tasks())
        .extracting(task -> task.lastStatus())
        .containsExactlyInAnyOrder("STOPPED", "RUNNING");
    assertThat(rig.agents().running()).hasSize(1).doesNotContainAnyElementsOf(before);
    story.finish();
    assertThat(story.outcome().get("long"))
        .startsWith("SUCCEEDED Essential container in task exited 137 0");
  }
}
