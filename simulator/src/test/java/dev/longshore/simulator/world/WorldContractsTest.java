package dev.longshore.simulator.world;

import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostLauncherContract;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.TaskRunnerContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The simulated ECS and EC2 keep what the adapters keep, as long as nothing goes wrong. */
class WorldContractsTest {
  private static final long HOUR_MILLIS = 3_600_000;

  /** A world without faults, in which time passes only as far as it is told to. */
  private static final class World {
    private final VirtualClock clock = new VirtualClock();
    private final Agenda agenda = new Agenda(clock, new Chance(1));
    private final Tasks tasks;
    private final Machines machines;

    World() {
      Trace trace = new Trace(clock, false);
      Faults none = new Faults(clock, new Chance(2), Map.of(), 0, null, trace);
      Invocations invocations = new Invocations(clock, agenda, none, new Nobody(), trace);
      Events events = new Events(agenda, none, invocations, _ -> {});
      Reality unheard = new Reality() {};
      this.tasks =
          new Tasks(
              clock,
              agenda,
              none,
              events,
              (_, _) -> Behaviour.runs(HOUR_MILLIS, 0),
              unheard,
              trace);
      this.machines = new Machines(agenda, none, events, new InstanceCatalog(), tasks, unheard);
    }

    /** Lets a minute pass: starts and stops come about, no program ends by itself. */
    void settle() {
      boolean[] over = {false};
      agenda.in(60_000, "over", () -> over[0] = true);
      while (!over[0]) {
        agenda.next().action().run();
      }
    }
  }

  private static final class Nobody implements Overtakers {
    @Override
    public void begin(Job read, JobEvent event) {}

    @Override
    public boolean isChanged(JobKey key, long version) {
      return false;
    }
  }

  @Nested
  class OfTasks extends TaskRunnerContract {
    private World world = new World();

    @Override
    protected TaskRunner newRunner() {
      world = new World();
      world.tasks.up().add(UP);
      world.tasks.up().add(OTHER);
      return world.tasks;
    }

    @Override
    protected void settle() {
      world.settle();
    }
  }

  @Nested
  class OfHosts extends HostLauncherContract {
    @Override
    protected HostLauncher newLauncher() {
      return new World().machines;
    }
  }
}
