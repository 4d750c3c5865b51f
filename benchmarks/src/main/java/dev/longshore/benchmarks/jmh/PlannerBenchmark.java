package dev.longshore.benchmarks.jmh;

import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Demand;
import dev.longshore.core.plan.Plan;
import dev.longshore.core.plan.Planner;
import dev.longshore.core.plan.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A round of 10,000 waiting jobs of a few shapes and 1,000 empty hosts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlannerBenchmark {
  private static final long NOW = 1_772_323_200_000L;
  private static final String ENVIRONMENT = "ec2";
  private static final String QUEUE = "default";
  private static final Shape HOST = new Shape(16, 30_000, 0);
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1_024, 0),
          new Shape(1, 2_048, 0),
          new Shape(2, 4_096, 0),
          new Shape(4, 7_168, 0),
          new Shape(8, 14_336, 0));

  /** Waiting jobs. */
  @Param("10000")
  public int jobs = 10_000;

  /** Empty hosts. */
  @Param("1000")
  public int hosts = 1_000;

  /**
   * How many jobs of one shape follow each other: one at a time is the worst that a queue can
   * bring, a fifth of all is five arrays.
   */
  @Param({"1", "2000"})
  public int run = 1;

  private final Planner planner = new Planner(new InstanceCatalog());
  private Snapshot snapshot =
      new Snapshot(0, List.of(), List.of(), List.of(), List.of(), Map.of(), Set.of());

  /** Makes what is planned; the same every time. */
  @Setup
  public void prepare() {
    snapshot =
        new Snapshot(
            NOW, List.of(queue()), List.of(environment()), hosts(), demands(), Map.of(), Set.of());
  }

  /** One round. */
  @Benchmark
  public Plan plan() {
    return planner.plan(snapshot);
  }

  private List<Demand> demands() {
    Random random = new Random(7);
    List<Demand> demands = new ArrayList<>();
    Shape shape = SHAPES.getFirst();
    for (int first = 0; first < jobs; first += run) {
      Shape last = shape;
      while (shape.equals(last)) {
        shape = SHAPES.get(random.nextInt(SHAPES.size()));
      }
      JobId job = new JobId(new UUID(first, Long.MIN_VALUE));
      LineEntry.Position order = new LineEntry.Position(NOW - jobs + first, job);
      int count = Math.min(run, jobs - first);
      demands.add(new Demand(QUEUE, shape, count, JobKey.whole(job), order, false));
    }
    return demands;
  }

  private List<Host> hosts() {
    List<Host> made = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      HostId id = new HostId(ENVIRONMENT, "i-%017x".formatted(i));
      String instance = "%032x".formatted(i);
      made.add(new Host(id, Host.State.ACTIVE, "c6i.4xlarge", HOST, instance, NOW, 0, Set.of(), 1));
    }
    return made;
  }

  private static JobQueue queue() {
    return new JobQueue(
        QUEUE,
        true,
        ResourceStatus.VALID,
        "",
        1,
        List.of(ENVIRONMENT),
        List.of(1),
        null,
        List.of(),
        Map.of(),
        NOW,
        1);
  }

  private static ComputeEnvironment environment() {
    Managed managed =
        new Managed(Market.ON_DEMAND, 0, 100_000, 0, List.of("optimal"), "BEST_FIT_PROGRESSIVE");
    return new ComputeEnvironment(
        ENVIRONMENT, true, ResourceStatus.VALID, "", managed, 0, "{}", Map.of(), NOW, 1);
  }
}
