package dev.longshore.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.plan.Placement;
import dev.longshore.core.plan.Plan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The microbenchmarks measure what they say. */
class MicrobenchmarksTest {
  @Test
  @DisplayName("the planner's benchmark places jobs until the hosts are full and holds the others")
  void plannerBenchmarkPlans() {
    PlannerBenchmark benchmark = new PlannerBenchmark();
    benchmark.jobs = 200;
    benchmark.hosts = 10;
    benchmark.prepare();
    Plan plan = benchmark.plan();
    int placed = plan.placements().stream().mapToInt(Placement::count).sum();
    assertThat(placed).isBetween(20, 199);
    assertThat(plan.holds()).isNotEmpty();
  }

  @Test
  @DisplayName("the codec's benchmark reads a request with all its members and writes 100 jobs")
  void codecBenchmarkReadsAndWrites() {
    CodecBenchmark benchmark = new CodecBenchmark();
    assertThat(benchmark.readSubmitJob().containerOverrides().environment()).hasSize(10);
    assertThat(benchmark.readSubmitJob().dependsOn()).hasSize(2);
    assertThat(benchmark.writeDescribeJobs().length).isGreaterThan(50_000);
  }
}
