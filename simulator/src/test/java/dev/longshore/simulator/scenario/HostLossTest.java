package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.usecase.Observation;
import dev.longshore.simulator.world.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hosts that are taken back, and hosts that nobody hears of. */
class HostLossTest {
  private static final ExitRule ON_HOST_LOSS = new ExitRule("Host EC2*", null, null, true);
  private static final ExitRule EXIT = new ExitRule("*", null, null, false);

  private final Simulation simulation = new Simulation(Conditions.calm(1), Alteration.NONE, false);

  private HostId begin(JobPlan plan) {
    simulation.submit(plan).advance(Duration.ofMinutes(2));
    assertThat(simulation.job(plan.name()).status()).isEqualTo(JobStatus.RUNNING);
    return simulation.job(plan.name()).dispatch().orElseThrow().host();
  }

  @Test
  @DisplayName(
      "Checklist 20: a Spot warning: stopped before the two minutes are over, repeated on another"
          + " host")
  void spotWarning() {
    HostId first = begin(JobPlan.job("long").runs(300, 0).attempts(2, ON_HOST_LOSS, EXIT));
    long warned = VirtualClock.START + simulation.elapsed();

    simulation.reclaimHostOf("long").advance(Duration.ofSeconds(110));

    Attempt lost = simulation.job("long").attempts().getFirst();
    assertThat(first.environment()).isEqualTo(Setting.SPOT);
    assertThat(lost.statusReason())
        .isEqualTo("Host EC2 (instance " + first.instance() + ") terminated.");
    assertThat(lost.exitCode()).isEqualTo(143);
    assertThat(lost.stoppedAt()).isBetween(warned + 70_000, warned + 115_000);
    Job job = simulation.runUntilQuiet().job("long");
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.attempts().getLast().dispatch().host()).isNotEqualTo(first);
  }

  @Test
  @DisplayName(
      "Checklist 20: a Spot warning: what ends within the grace ends as if nothing had been said")
  void shortEnough() {
    begin(JobPlan.job("short").runs(130, 0));

    simulation.reclaimHostOf("short").runUntilQuiet();

    assertThat(simulation.job("short").attempts()).hasSize(1);
    assertThat(simulation.job("short").status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("Checklist 20: a Spot warning: nothing more is placed on the host")
  void nothingMore() {
    HostId first = begin(JobPlan.job("long").runs(300, 0).attempts(2));

    simulation.reclaimHostOf("long").advance(Duration.ofSeconds(5));
    simulation.submit(JobPlan.job("next")).runUntilQuiet();

    assertThat(simulation.job("next").attempts().getFirst().dispatch().host()).isNotEqualTo(first);
  }

  @Test
  @DisplayName("A host that registers when its environment is gone is not recorded")
  void environmentIsGone() {
    Rig rig = new Rig();
    HostId host = new HostId("gone", "i-1");
    HostId other = new HostId(Rig.ENVIRONMENT, "i-1");
    List<Observation> told =
        List.of(
            new Observation.HostActive(host, "ci-1", "m.small", Rig.SMALL, rig.now),
            new Observation.HostActive(other, "ci-2", "m.small", Rig.SMALL, rig.now));

    rig.service(Alteration.NONE).observe().accept(told);

    assertThat(rig.hosts.all()).singleElement().extracting(Host::id).isEqualTo(other);
  }

  @Test
  @DisplayName(
      "A host that registers just while its launch is recorded takes jobs: it is told once")
  void recordedMeanwhile() {
    Rig rig = new Rig();
    HostId host = new HostId(Rig.ENVIRONMENT, "i-1");
    Host booting =
        new Host(host, Host.State.BOOTING, "m.small", Rig.SMALL, null, rig.now, 0, Set.of(), 1);

    rig.service(Rig.before("create", () -> rig.hosts.create(booting)))
        .observe()
        .accept(List.of(new Observation.HostActive(host, "ci-1", "m.small", Rig.SMALL, rig.now)));

    assertThat(rig.hosts.find(host).orElseThrow().state()).isEqualTo(Host.State.ACTIVE);
  }

  @Test
  @DisplayName("A late report of a host that was ended and removed does not make it a host again")
  void reportOfAHostThatWasEnded() {
    Rig rig = new Rig();
    HostId id = rig.host("i-1", Set.of()).id();
    Service service = rig.service(Alteration.NONE);

    service.observe().accept(List.of(new Observation.HostGone(id)));
    service.capacity().accept(Setting.APART);
    // Instances that we end never come back: whenever their agent said so, it is over.
    service.observe().accept(List.of(active(id, rig.now + 10_000)));

    assertThat(rig.hosts.all()).isEmpty();
  }

  @Test
  @DisplayName(
      "A late report of a host that its user ended is old; one from after its end makes it a host"
          + " again")
  void reportOfAHostThatItsUserEnded() {
    Rig rig = new Rig();
    ComputeEnvironment own =
        new ComputeEnvironment(
            "own", true, ResourceStatus.VALID, "", null, 8, "{}", Map.of(), rig.now, 1);
    rig.catalog.createEnvironment(own);
    HostId id = new HostId("own", "i-1");
    Service service = rig.service(Alteration.NONE);
    service.observe().accept(List.of(active(id, rig.now)));
    assertThat(rig.hosts.all()).hasSize(1);

    service.observe().accept(List.of(new Observation.HostGone(id)));
    rig.now += 5_000;
    service.capacity().accept("environment/own");
    service.observe().accept(List.of(active(id, rig.now - 1)));
    assertThat(rig.hosts.all()).isEmpty();

    service.observe().accept(List.of(active(id, rig.now + 1)));
    assertThat(rig.hosts.all()).singleElement().extracting(Host::id).isEqualTo(id);
  }

  private static Observation active(HostId host, long at) {
    return new Observation.HostActive(host, "ci-1", "m.small", Rig.SMALL, at);
  }

  @Test
  @DisplayName("An agent that comes back: its task went on, and there is one attempt")
  void agentComesBack() {
    begin(JobPlan.job("long").runs(240, 0).attempts(3));

    simulation.cutOffHostOf("long", Duration.ofMinutes(8)).runUntilQuiet();

    assertThat(simulation.job("long").attempts()).hasSize(1);
    assertThat(simulation.job("long").status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  @DisplayName("An agent that never comes back: its host is ended, and only then the job repeated")
  void agentNeverComesBack() {
    HostId first = begin(JobPlan.job("long").runs(3_000, 0).attempts(2));
    long cut = simulation.elapsed();

    simulation.cutOffHostOf("long", null).runUntilQuiet();

    List<Attempt> attempts = simulation.job("long").attempts();
    assertThat(attempts).hasSize(2);
    assertThat(attempts.getFirst().statusReason())
        .isEqualTo("Host EC2 (instance " + first.instance() + ") terminated.");
    long lasted = attempts.getFirst().stoppedAt() - attempts.getFirst().startedAt();
    assertThat(lasted).isBetween(cut - 120_000, cut + 20 * 60_000);
    assertThat(attempts.getLast().dispatch().host()).isNotEqualTo(first);
  }
}
