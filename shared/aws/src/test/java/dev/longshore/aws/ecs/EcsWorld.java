package dev.longshore.aws.ecs;

import dev.longshore.aws.pacing.Pace;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.TaskRunner.Start;
import dev.longshore.core.port.TaskRunner.StartAnswer;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An ECS with one instance, and the adapter before it. */
final class EcsWorld {
  static final String ENVIRONMENT = "env";
  static final String INSTANCE = "i-0123456789abcdef0";
  static final String CLUSTER = ComputeEnvironment.clusterOf(ENVIRONMENT);
  private static final JobId JOB = new JobId(new UUID(0x1000_4000L, 0x8000_0000_0000_0000L));

  final FakeEcs ecs = new FakeEcs().join(CLUSTER, INSTANCE);
  final MemoryOfDefinitions memory = new MemoryOfDefinitions();
  final MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
  final EcsTasks tasks = tasks(memory);

  /** Another process with the adapter, which remembers this. */
  EcsTasks tasks(DefinitionMemory remembered) {
    return new EcsTasks(ecs, catalog, remembered, "eu-west-1", pace(1000), pace(1000));
  }

  static Pace pace(int burst) {
    return new Pace(1, burst, InstantSource.system(), _ -> {});
  }

  StartAnswer start(String definition, String submission) {
    return tasks.start(request(definition, submission));
  }

  Start request(String definition, String submission) {
    return of(definition, submission, JobKey.whole(JOB), null, null);
  }

  StartAnswer startChild(String definition, int index) {
    return tasks.start(of(definition, "{}", JobKey.child(JOB, index), null, null));
  }

  /** Starts a node of a job of three; of any but the main one, the main one's task is this. */
  StartAnswer startNode(String definition, int index, @Nullable String mainTask) {
    NodeGroups nodes =
        new NodeGroups(0, List.of(new NodeGroups.Group(3, new Shape(1, 512, 0))), null);
    JobKey key = index == 0 ? JobKey.whole(JOB) : JobKey.node(JOB, index);
    return tasks.start(of(definition, "{}", key, nodes, mainTask));
  }

  void makeEnvironment(String resources) {
    catalog.createEnvironment(
        new ComputeEnvironment(
            ENVIRONMENT,
            true,
            ResourceStatus.VALID,
            "",
            new Managed(Market.ON_DEMAND, 0, 16, 0, List.of("optimal"), "BEST_FIT_PROGRESSIVE"),
            0,
            "{\"computeResources\":" + resources + "}",
            Map.of(),
            0,
            1));
  }

  private static Start of(
      String definition,
      String submission,
      JobKey key,
      @Nullable NodeGroups nodes,
      @Nullable String mainTask) {
    Dispatch dispatch = new Dispatch(new HostId(ENVIRONMENT, INSTANCE), "ci", 1, 0, 0);
    JobSpec spec =
        new JobSpec(
            "job",
            "q",
            new DefinitionId("d", 7),
            new Shape(1, 512, 0),
            RetryStrategy.ONCE,
            0,
            key.member() == JobKey.Member.CHILD ? 10 : 0,
            null,
            0,
            0,
            ChildOrder.NONE,
            List.of(),
            nodes);
    Job job = Job.fresh(key, spec, new JobState.Starting(dispatch, null));
    Job main =
        mainTask == null
            ? null
            : Job.fresh(JobKey.whole(JOB), spec, new JobState.Starting(dispatch, mainTask));
    return new Start(
        job,
        new JobDefinition(new DefinitionId("d", 7), true, definition, Map.of("team", "x"), 0, 0, 1),
        new JobDocument(submission, Map.of("cost", "y")),
        main);
  }
}
