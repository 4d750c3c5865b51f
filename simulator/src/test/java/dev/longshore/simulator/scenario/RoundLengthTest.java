package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.usecase.ScheduleRound;
import dev.longshore.core.usecase.TaskStarter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundLengthTest {
  private final Rig rig = new Rig();
  private final List<TaskRunner.Start> starts = new ArrayList<>();
  private final List<String> nudged = new ArrayList<>();

  private final Nudges nudges =
      new Nudges() {
        @Override
        public void scheduler(String domain) {
          nudged.add(domain);
        }

        @Override
        public void capacity(String domain) {}
      };

  private final class Runner implements TaskRunner {
    @Override
    public StartAnswer start(Start start) {
      starts.add(start);
      return new StartAnswer.Accepted();
    }

    @Override
    public void stop(AttemptKey attempt, HostId host, @Nullable String task, String reason) {}

    @Override
    public List<KnownTask> tasks(AttemptKey attempt, HostId host) {
      return List.of();
    }

    @Override
    public List<KnownTask> running(HostId host) {
      return List.of();
    }
  }

  @Test
  @DisplayName("A round starts no more than it may, reserves no more, and asks for the next one")
  void limited() {
    rig.put(10, new JobState.Open());
    rig.hosts.create(
        new Host(
            new HostId(Rig.ENVIRONMENT, "i-1"),
            Host.State.ACTIVE,
            "m.small",
            new Shape(16, 30_000, 0),
            "ci-1",
            rig.now,
            0,
            Set.of(),
            1));
    TaskStarter starter =
        new TaskStarter(
            rig.jobs, rig.hosts, rig.catalog, new Runner(), (_, _) -> {}, this::instant);
    ScheduleRound round =
        new ScheduleRound(
            rig.jobs,
            rig.hosts,
            rig.catalog,
            new Planner(new Setting.Types()),
            starter,
            nudges,
            this::instant,
            4);
    round.run(Setting.APART);
    assertThat(starts).hasSize(4);
    assertThat(rig.taken("i-1")).hasSize(4);
    assertThat(nudged).contains(Setting.APART);
    round.run(Setting.APART);
    round.run(Setting.APART);
    assertThat(starts).hasSize(10);
    nudged.clear();
    round.run(Setting.APART);
    assertThat(nudged).isEmpty();
  }

  private Instant instant() {
    return Instant.ofEpochMilli(rig.now);
  }
}
