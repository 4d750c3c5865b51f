package dev.longshore.core.plan;

import static dev.longshore.core.plan.Scenario.EARLIER;
import static dev.longshore.core.plan.Scenario.NOW;
import static dev.longshore.core.plan.Scenario.TYPES;
import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EnvironmentLooksTest {
  private static final Shape TWO = shape(2, 4_000);

  private static List<EnvironmentLook> looks(Scenario scenario, Shape shape) {
    Snapshot snapshot = scenario.snapshot();
    JobQueue queue = snapshot.queues().getFirst();
    return EnvironmentLooks.of(snapshot, TYPES, queue, shape, null);
  }

  private static List<String> say(Scenario scenario, Shape shape) {
    return looks(scenario, shape).stream()
        .map(look -> look.environment() + " " + look.verdict() + ": " + look.detail())
        .toList();
  }

  @Test
  @DisplayName("Each environment is looked at in the queue's order and has its own answer")
  void inTheQueuesOrder() {
    Scenario scenario =
        new Scenario()
            .managed("off", 0, 64, "m.small")
            .disabled("off")
            .managed("broken", 0, 64, "m.small")
            .invalid("broken")
            .managed("new", 0, 64, "m.small")
            .but("new", true, ResourceStatus.CREATING, NOW)
            .managed("full", 0, 2, "m.small")
            .host("full", "i-1", "m.small", TWO)
            .managed("short", 0, 64, "m.small")
            .shortage("short", "m.small", NOW + 60_000)
            .managed("paused", 0, 0, "m.small")
            .unmanaged("own")
            .managed("strange", 0, 64, "x99")
            .managed("growing", 0, 64, "m.small")
            .managed("free", 0, 64, "m.small")
            .host("free", "i-2", "m.small")
            .queue(
                "q", 1, "free", "off", "broken", "new", "full", "short", "paused", "own", "strange",
                "growing", "gone");
    assertThat(say(scenario, TWO))
        .containsExactly(
            "free HAS_ROOM: i-2 has room; jobs that were there earlier come first",
            "off DISABLED: off is disabled",
            "broken INVALID: broken is invalid: CLIENT_ERROR - no role",
            "new BEING_CREATED: new is being created",
            "full AT_MAXIMUM: full is busy and at its maximum of 2 vCPUs",
            "short SHORTAGE: no instances to be had for short",
            "paused PAUSED: paused is paused by maxvCpus 0",
            "own NO_HOST: own is unmanaged and has no host: register a container instance in its"
                + " cluster",
            "strange TYPES_UNKNOWN: the instance types of strange are not known",
            "growing ABOUT_TO_LAUNCH: instances are about to be launched in growing",
            "gone MISSING: gone does not exist");
  }

  @Test
  @DisplayName("Never is said of an environment only when nothing that it may launch is enough")
  void neverIsProved() {
    Scenario scenario =
        new Scenario()
            .managed("small", 0, 64, "m.small")
            .managed("tight", 0, 4, "m.large")
            .queue("q", 1, "small", "tight");
    List<EnvironmentLook> looks = looks(scenario, shape(8, 8_000));
    assertThat(looks)
        .extracting(look -> look.verdict().toString())
        .containsExactly("NOTHING_FITS", "ABOVE_MAXIMUM");
    assertThat(looks).allMatch(look -> look.verdict().isForGood());
    assertThat(looks.getFirst().detail()).contains("m.small with 2 vCPUs, 7000 MiB");
    assertThat(looks(scenario, TWO)).noneMatch(look -> look.verdict().isForGood());
  }

  @Test
  @DisplayName(
      "Nextflow kills jobs at the first MISCONFIGURATION: while a fitting host boots, that is the"
          + " reason, at every moment of a scale-up from zero")
  void nextflowAndTransientMisconfiguration() {
    Shape asks = shape(8, 20_000);
    Scenario nothing = scaleUp();
    Scenario asked = scaleUp().intent("ce", "m.large", 1);
    Scenario booting = scaleUp().host("ce", "i-1", "m.large").in(State.BOOTING, "ce", "i-1");
    Scenario other =
        scaleUp()
            .host("ce", "i-0", "m.small", TWO)
            .host("ce", "i-1", "m.large")
            .in(State.BOOTING, "ce", "i-1");
    assertThat(nothing.jobs("q", 3, asks).holds())
        .containsExactly("0 x3: WAITING:CAPACITY - instances are about to be launched in ce");
    for (Scenario step : List.of(asked, booting, other)) {
      assertThat(step.jobs("q", 3, asks).holds())
          .containsExactly("0 x3: WAITING:CAPACITY - 1 instance launching in ce");
      EnvironmentLook look = looks(step, asks).getFirst();
      assertThat(look.verdict()).isEqualTo(EnvironmentLook.Verdict.LAUNCHING);
      assertThat(look.launching()).isEqualTo(1);
      assertThat(look.launchingSince()).isBetween(EARLIER, NOW);
    }
  }

  @Test
  @DisplayName("A multi-node job is told what each environment says to all its nodes together")
  void multiNodeJobs() {
    Managed spot = new Managed(Market.SPOT, 0, 64, 0, List.of("m.small"), "BEST_FIT_PROGRESSIVE");
    Scenario scenario =
        new Scenario()
            .environment("spot", spot)
            .host("spot", "i-1", "m.small")
            .host("spot", "i-2", "m.small")
            .unmanaged("own")
            .host("own", "i-3", "m.small")
            .managed("tight", 0, 1, "m.small")
            .managed("gpu", 0, 64, "g")
            .managed("strange", 0, 64, "x99")
            .managed("off", 0, 64, "m.small")
            .disabled("off")
            .managed("paused", 0, 0, "m.small")
            .managed("short", 0, 64, "m.small")
            .shortage("short", "m.small", NOW + 60_000)
            .managed("half", 0, 4, "m.small")
            .host("half", "i-4", "m.small")
            .host("half", "i-5", "m.small", shape(1, 1_000))
            .managed("growing", 0, 64, "m.small")
            .host("growing", "i-6", "m.small")
            .managed("booting", 0, 64, "m.small", "m.large")
            .intent("booting", "m.small", 1)
            .intent("booting", "m.large", 7)
            .managed("free", 0, 64, "m.small")
            .host("free", "i-7", "m.small")
            .host("free", "i-8", "m.small")
            .queue(
                "q", 1, "spot", "own", "tight", "gpu", "strange", "off", "paused", "short", "half",
                "growing", "booting", "free", "gone");
    NodeGroups nodes = new NodeGroups(0, List.of(new Group(2, TWO)), "m.small");
    Snapshot snapshot = scenario.snapshot();
    List<EnvironmentLook> looks =
        EnvironmentLooks.of(snapshot, TYPES, snapshot.queues().getFirst(), TWO, nodes);
    assertThat(looks)
        .extracting(look -> look.environment() + " " + look.verdict())
        .containsExactly(
            "spot NO_MULTI_NODE",
            "own NO_MULTI_NODE",
            "tight ABOVE_MAXIMUM",
            "gpu NOTHING_FITS",
            "strange TYPES_UNKNOWN",
            "off DISABLED",
            "paused PAUSED",
            "short SHORTAGE",
            "half AT_MAXIMUM",
            "growing ABOUT_TO_LAUNCH",
            "booting LAUNCHING",
            "free HAS_ROOM",
            "gone MISSING");
    assertThat(looks.get(8).detail())
        .isEqualTo(
            "1 of the 2 empty hosts that it needs are there in half; half has hosts up to its"
                + " maximum of 4 vCPUs");
    assertThat(looks.get(10).launching()).as("hosts that a node may have").isEqualTo(1);
    assertThat(looks.get(10).launchingSince()).isEqualTo(NOW - 1_000);
    assertThat(looks.stream().filter(look -> look.verdict().isForGood())).hasSize(4);
  }

  @Test
  @DisplayName("Of a queue with an environment that is not there nothing says never")
  void missingEnvironment() {
    Scenario scenario = new Scenario().managed("ce", 0, 64, "m.small").queue("q", 1, "ce", "gone");
    assertThat(scenario.jobs("q", 1, shape(8, 8_000)).gang("q", 1, shape(8, 8_000)).holds())
        .containsExactly(
            "0 x1: WAITING:ENVIRONMENT_DISABLED - gone does not exist",
            "1 x1: WAITING:ENVIRONMENT_DISABLED - gone does not exist");
  }

  @Test
  @DisplayName("Hosts for a multi-node job that are busy and can not be launched are said to be so")
  void busyForNodes() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "x99")
            .host("ce", "i-1", "m.small", TWO)
            .queue("q", 1, "ce");
    NodeGroups nodes = new NodeGroups(0, List.of(new Group(1, TWO)), null);
    Snapshot snapshot = scenario.snapshot();
    assertThat(EnvironmentLooks.of(snapshot, TYPES, snapshot.queues().getFirst(), TWO, nodes))
        .extracting(EnvironmentLook::verdict)
        .containsExactly(EnvironmentLook.Verdict.BUSY);
  }

  private static Scenario scaleUp() {
    return new Scenario().managed("ce", 0, 64, "m.small", "m.large").queue("q", 1, "ce");
  }
}
