package dev.longshore.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import dev.longshore.core.usecase.Observation;
import dev.longshore.simulator.memory.MemoryHostStore;
import dev.longshore.simulator.memory.Watcher;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InstanceEventsTest {
  private static final HostId HOST = new HostId("env", "i-1234567890abcdef0");
  private final MemoryHostStore hosts = new MemoryHostStore(Watcher.NONE);
  private final InstanceEvents events =
      new InstanceEvents(
          new Ec2World(Market.SPOT, "SPOT_CAPACITY_OPTIMIZED", Ec2World.RESOURCES).catalog, hosts);

  @BeforeEach
  void host() {
    hosts.create(
        new Host(
            HOST, Host.State.ACTIVE, "m6i.large", new Shape(2, 7000, 0), "ci", 0, 0, Set.of(), 1));
  }

  private static String event(String type, String detail) {
    return """
    {"version":"0","detail-type":"%s","source":"aws.ec2","time":"2026-01-01T00:00:00Z",
     "resources":["arn:aws:ec2:us-east-2a:instance/i-1234567890abcdef0"],"detail":{%s}}
    """
        .formatted(type, detail);
  }

  @Test
  @DisplayName("A Spot warning is about the host of whatever environment has the instance")
  void reclaimed() {
    assertThat(
            events.read(
                event(
                    "EC2 Spot Instance Interruption Warning",
                    "\"instance-id\":\"i-1234567890abcdef0\",\"instance-action\":\"terminate\"")))
        .contains(new Observation.HostReclaimed(HOST, 1_767_225_600_000L));
  }

  @Test
  @DisplayName("A terminated instance is a host that is gone; one that stops is not, yet")
  void terminated() {
    String type = "EC2 Instance State-change Notification";
    String instance = "\"instance-id\":\"i-1234567890abcdef0\",\"state\":";
    assertThat(events.read(event(type, instance + "\"terminated\"")))
        .contains(new Observation.HostGone(HOST));
    assertThat(events.read(event(type, instance + "\"shutting-down\""))).isEmpty();
  }

  @Test
  @DisplayName("Instances of others, and events of other kinds, are left out")
  void others() {
    assertThat(
            events.read(
                event("EC2 Spot Instance Interruption Warning", "\"instance-id\":\"i-00000000\"")))
        .isEmpty();
    assertThat(
            events.read(
                event(
                    "EC2 Instance Rebalance Recommendation",
                    "\"instance-id\":\"i-1234567890abcdef0\"")))
        .isEmpty();
  }
}
