package dev.longshore.core.plan;

import static dev.longshore.core.plan.Scenario.EARLIER;
import static dev.longshore.core.plan.Scenario.NOW;
import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final Shape ONE = shape(1, 1_000);
  private static final Shape EIGHT = shape(8, 8_000);

  @Test
  @DisplayName("What does not fit any type is a misconfiguration, with the largest that would")
  void largerThanAnyType() {
    assertThat(
            new Scenario()
                .managed("ce", 0, 64, "m", "r")
                .queue("q", 1, "ce")
                .jobs("q", 1, shape(33, 1_000))
                .jobs("q", 1, shape(8, 150_000))
                .jobs("q", 1, new Shape(1, 1_000, 2))
                .holds())
        .containsExactly(
            "0 x1: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement"
                + " (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the"
                + " job queue. The job asks for 33 vCPUs, 1000 MiB; the largest host would be"
                + " m.huge with 32 vCPUs, 112000 MiB.",
            "1 x1: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement"
                + " (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the"
                + " job queue. The job asks for 8 vCPUs, 150000 MiB; the largest host would be"
                + " m.huge with 32 vCPUs, 112000 MiB.",
            "2 x1: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement"
                + " (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the"
                + " job queue. The job asks for 1 vCPU, 1000 MiB, 2 GPUs; the largest host would be"
                + " m.huge with 32 vCPUs, 112000 MiB.");
  }

  @Test
  @DisplayName("More vCPUs than the maximum are a misconfiguration of the environment")
  void moreThanTheMaximum() {
    assertThat(
            new Scenario().managed("ce", 0, 4, "m").queue("q", 1, "ce").jobs("q", 1, EIGHT).holds())
        .containsExactly(
            "0 x1: MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the"
                + " job queue cannot meet the CPU requirement of the job. The job asks for 8 vCPUs,"
                + " 8000 MiB; maxvCpus of ce is 4.");
  }

  @Test
  @DisplayName("BEST_FIT on On-Demand never passes the maximum, so a larger host is out of reach")
  void strictMaximum() {
    Scenario strict = new Scenario().bestFit("ce", 0, 4, "m.large").queue("q", 1, "ce");
    assertThat(strict.jobs("q", 1, ONE).holds().getFirst())
        .startsWith("0 x1: MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - ");
    Scenario lenient = new Scenario().managed("ce", 0, 4, "m.large").queue("q", 1, "ce");
    assertThat(lenient.jobs("q", 1, ONE).holds())
        .containsExactly("0 x1: WAITING:CAPACITY - instances are about to be launched in ce");
  }

  @Test
  @DisplayName("A type offers what its hosts registered, not what the catalogue expects")
  void registeredCapacityCounts() {
    Scenario less =
        new Scenario()
            .managed("ce", 0, 64, "m.small")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small", ONE)
            .registered("ce", "i-1", shape(2, 6_500))
            .jobs("q", 1, shape(1, 6_800));
    assertThat(less.holds().getFirst())
        .contains("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT", "m.small with 2 vCPUs, 6500 MiB");
    Scenario more =
        new Scenario()
            .managed("ce", 0, 64, "m.small")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small", ONE)
            .registered("ce", "i-1", shape(2, 7_500))
            .jobs("q", 1, shape(1, 7_400));
    assertThat(more.holds())
        .containsExactly("0 x1: WAITING:CAPACITY - instances are about to be launched in ce");
  }

  @Test
  @DisplayName("A misconfiguration is proved over all environments, disabled ones included")
  void disabledEnvironmentsDisproveMisconfiguration() {
    assertThat(
            new Scenario()
                .managed("small", 0, 64, "m.small")
                .managed("big", 0, 64, "m.huge")
                .disabled("big")
                .queue("q", 1, "small", "big")
                .jobs("q", 1, EIGHT)
                .holds())
        .containsExactly("0 x1: WAITING:ENVIRONMENT_DISABLED - big is disabled");
  }

  @Test
  @DisplayName("What nobody can prove is no misconfiguration: unmanaged hosts, unknown types")
  void doubtIsNoMisconfiguration() {
    assertThat(
            new Scenario()
                .managed("ce", 0, 64, "x99")
                .queue("q", 1, "ce")
                .unmanaged("own")
                .queue("p", 0, "own")
                .jobs("q", 1, shape(500, 1_000))
                .jobs("p", 1, shape(500, 1_000))
                .holds())
        .containsExactly(
            "0 x1: WAITING:CAPACITY - the instance types of ce are not known",
            "1 x1: WAITING:CAPACITY - own is unmanaged and has no host: register a container"
                + " instance in its cluster");
  }

  @Test
  @DisplayName("An unmanaged environment says whether its hosts are busy or too small")
  void unmanagedHosts() {
    Scenario scenario =
        new Scenario()
            .unmanaged("own")
            .queue("q", 1, "own")
            .queue("p", 0, "own")
            .host("own", "i-1", "m.small", ONE, ONE)
            .jobs("q", 1, ONE)
            .jobs("p", 1, EIGHT);
    assertThat(scenario.holds())
        .containsExactly(
            "0 x1: WAITING:CAPACITY - the hosts of own are busy",
            "1 x1: WAITING:CAPACITY - no host of own is large enough: register one with at least 8"
                + " vCPUs, 8000 MiB");
  }

  @Test
  @DisplayName("While hosts that fit boot or are being launched, their number is told")
  void launching() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .managed("spot", 0, 64, "m")
            .queue("q", 1, "ce", "spot")
            .host("ce", "i-1", "m.large")
            .in(State.BOOTING, "ce", "i-1")
            .host("ce", "i-2", "m.small")
            .in(State.BOOTING, "ce", "i-2")
            .intent("ce", "m.huge", 2)
            .intent("ce", "m.small", 3)
            .intent("spot", "m.large", 1)
            .jobs("q", 1, EIGHT);
    assertThat(scenario.holds())
        .containsExactly(
            "0 x1: WAITING:CAPACITY - 3 instances launching in ce; 1 instance launching in spot");
  }

  @Test
  @DisplayName("A full environment says so")
  void full() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 2, "m.small")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.small", ONE, ONE)
            .jobs("q", 1, ONE);
    assertThat(scenario.holds())
        .containsExactly("0 x1: WAITING:CAPACITY - ce is busy and at its maximum of 2 vCPUs");
  }

  @Test
  @DisplayName("A maximum of 0 is a pause, not a misconfiguration")
  void paused() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 0, "m.small")
            .queue("q", 1, "ce")
            .queue("p", 0, "ce")
            .jobs("q", 1, ONE)
            .jobs("p", 1, EIGHT);
    assertThat(scenario.holds().getFirst())
        .isEqualTo("0 x1: WAITING:CAPACITY - ce is paused by maxvCpus 0");
    assertThat(scenario.holds().getLast()).contains("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT");
  }

  @Test
  @DisplayName("When every type that fits was refused in all environments, AWS's words say so")
  void shortage() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m.small", "m.large")
            .queue("q", 1, "ce")
            .shortage("ce", "m.large", NOW + 60_000)
            .shortage("ce", "m.small", NOW + 60_000)
            .jobs("q", 1, ONE);
    assertThat(scenario.holds())
        .containsExactly(
            "0 x1: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity"
                + " requested for instance type [m.small]");
  }

  @Test
  @DisplayName("A refusal that is over, or another type that can be had, is no shortage")
  void noShortage() {
    Scenario over =
        new Scenario()
            .managed("ce", 0, 64, "m.small")
            .queue("q", 1, "ce")
            .shortage("ce", "m.small", NOW)
            .jobs("q", 1, ONE);
    Scenario other =
        new Scenario()
            .managed("ce", 0, 64, "m.small", "m.large")
            .queue("q", 1, "ce")
            .shortage("ce", "m.small", NOW + 60_000)
            .jobs("q", 1, ONE);
    String launching = "0 x1: WAITING:CAPACITY - instances are about to be launched in ce";
    assertThat(over.holds()).containsExactly(launching);
    assertThat(other.holds()).containsExactly(launching);
  }

  @Test
  @DisplayName("BEST_FIT waits for its one type, so one refused type is a shortage")
  void bestFitWaits() {
    Scenario scenario =
        new Scenario()
            .bestFit("ce", 0, 64, "m.small", "m.large")
            .queue("q", 1, "ce")
            .shortage("ce", "m.small", NOW + 60_000)
            .jobs("q", 1, ONE);
    assertThat(scenario.holds().getFirst()).contains("INSUFFICIENT_INSTANCE_CAPACITY");
  }

  @Test
  @DisplayName("When all environments are invalid, AWS's words and our reasons say so")
  void allInvalid() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 64, "m")
            .invalid("ce")
            .queue("q", 1, "ce")
            .jobs("q", 1, ONE);
    assertThat(scenario.holds())
        .containsExactly(
            "0 x1: ACTION_REQUIRED - CE(s) associated with the job queue are invalid. ce:"
                + " CLIENT_ERROR - no role");
  }

  @Test
  @DisplayName("Environments that are switched off or not ready are named with their state")
  void closedEnvironments() {
    Scenario scenario =
        new Scenario()
            .managed("off", 0, 64, "m")
            .disabled("off")
            .managed("broken", 0, 64, "m")
            .invalid("broken")
            .managed("new", 0, 64, "m")
            .but("new", true, ResourceStatus.CREATING, EARLIER)
            .queue("q", 1, "off", "broken")
            .queue("p", 0, "new", "off")
            .queue("o", 0)
            .jobs("q", 1, ONE)
            .jobs("p", 1, ONE)
            .jobs("o", 1, ONE);
    assertThat(scenario.holds())
        .containsExactly(
            "0 x1: WAITING:ENVIRONMENT_DISABLED - off is disabled; broken is invalid",
            "2 x1: WAITING:ENVIRONMENT_DISABLED - the queue has no compute environment",
            "1 x1: WAITING:CAPACITY - new is being created; off is disabled");
  }

  @Test
  @DisplayName("Jobs behind one that waits for the same room say that they wait for their turn")
  void behindTheHead() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", ONE)
            .jobs("q", 1, EIGHT)
            .jobs("q", 2, ONE)
            .jobs("q", 3, EIGHT)
            .jobs("q", 1, shape(99, 1_000));
    assertThat(scenario.holds())
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .isEqualTo("0 x1: WAITING:CAPACITY - ce is busy and at its maximum of 8 vCPUs"),
            small ->
                assertThat(small)
                    .isEqualTo(
                        "1 x2: WAITING:QUEUE_POSITION - earlier jobs of this queue wait for room in"
                            + " ce"),
            same ->
                assertThat(same)
                    .isEqualTo("2 x3: WAITING:CAPACITY - ce is busy and at its maximum of 8 vCPUs"),
            never -> assertThat(never).contains("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"));
  }

  @Test
  @DisplayName("A job that can never run stands in nobody's way")
  void misfitsBlockNobody() {
    Scenario scenario =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", EIGHT)
            .jobs("q", 1, shape(99, 1_000))
            .jobs("q", 1, ONE);
    assertThat(scenario.holds().getLast())
        .isEqualTo("1 x1: WAITING:CAPACITY - ce is busy and at its maximum of 8 vCPUs");
  }

  @Test
  @DisplayName("The reason does not depend on how many wait or on how much is free")
  void reasonsAreStable() {
    Scenario few =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", ONE)
            .jobs("q", 1, EIGHT);
    Scenario many =
        new Scenario()
            .managed("ce", 0, 8, "m")
            .queue("q", 1, "ce")
            .host("ce", "i-1", "m.large", ONE, ONE, ONE)
            .jobs("q", 500, EIGHT);
    assertThat(few.holds().getFirst().substring(5)).isEqualTo(many.holds().getFirst().substring(7));
  }

  @Test
  @DisplayName("BEST_FIT on Spot may pass its maximum with one host")
  void spotPassesItsMaximumWithBestFit() {
    Managed spot = new Managed(Market.SPOT, 0, 4, 0, List.of("m.large"), "BEST_FIT");
    Scenario scenario =
        new Scenario().environment("ce", spot).queue("q", 1, "ce").jobs("q", 1, ONE);
    assertThat(scenario.holds())
        .containsExactly("0 x1: WAITING:CAPACITY - instances are about to be launched in ce");
  }
}
