package dev.longshore.aws.ecs;

import dev.longshore.aws.pacing.Pace;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.TaskRunnerContract;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import java.time.InstantSource;

class EcsTaskRunnerTest extends TaskRunnerContract {
  @Override
  protected TaskRunner newRunner() {
    String cluster = ComputeEnvironment.clusterOf(UP.environment());
    FakeEcs ecs = new FakeEcs().join(cluster, UP.instance()).join(cluster, OTHER.instance());
    Pace free = new Pace(1000, 1000, InstantSource.system(), _ -> {});
    return new EcsTasks(
        ecs, new MemoryCatalogStore(_ -> {}), new MemoryOfDefinitions(), "eu-west-1", free, free);
  }

  @Override
  protected void settle() {}
}
