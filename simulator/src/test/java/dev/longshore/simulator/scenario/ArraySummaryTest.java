package dev.longshore.simulator.scenario;

import static dev.longshore.simulator.scenario.JobPlan.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.DescribeJobs;
import dev.longshore.core.usecase.JobDescription;
import dev.longshore.simulator.world.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays as a client that polls DescribeJobs sees them, also under faults. */
@DisplayName("Checklist 10: array parents and their summaries")
class ArraySummaryTest {
  private static final int SIZE = 60;
  private static final Duration OFTEN = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofMinutes(30);

  private final Seen seen = new Seen();
  private int looks;
  private int overdue;

  /** Lets the test read what the handlers store. */
  private static final class Seen implements Alteration {
    private @Nullable JobStore jobs;
    private @Nullable CatalogStore catalog;

    @Override
    public JobStore jobs(JobStore real) {
      jobs = real;
      return real;
    }

    @Override
    public CatalogStore catalog(CatalogStore real) {
      catalog = real;
      return real;
    }

    DescribeJobs describe() {
      return new DescribeJobs(
          Objects.requireNonNull(jobs), Objects.requireNonNull(catalog), () -> Instant.EPOCH);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("The summary always adds up to the size; the parent ends when all children have")
  void addsUp(long seed) {
    boolean rough = seed > 2;
    Conditions conditions = rough ? Conditions.rough(seed) : Conditions.calm(seed);
    Simulation service = new Simulation(conditions, seen, false);
    JobPlan.Program mixed =
        (index, attempt) -> Behaviour.runs(1_000L * (1 + index % 40), (index + attempt) % 5 / 4);
    service
        .submit(job("first").runs(30, 0))
        .submit(job("plain").array(SIZE).attempts(2).doing(mixed))
        .submit(job("later").array(SIZE).after("first").doing(mixed))
        .submit(job("paired").array(SIZE).paired("plain").inSequence().runs(1, 0));
    look(service, rough);
    service.later(Duration.ofMinutes(2), () -> service.cancel("plain", 55).terminate("later"));
    service.runUntilQuiet();
    assertThat(looks).isGreaterThan(500);
    for (String name : List.of("plain", "later", "paired")) {
      service.find(name).ifPresent(parent -> assertAddsUp(describe(parent.key())));
    }
  }

  private JobDescription describe(JobKey key) {
    return seen.describe().describe(List.of(key)).getFirst();
  }

  private void look(Simulation service, boolean rough) {
    boolean waits = false;
    for (String name : List.of("plain", "later", "paired")) {
      Job parent = service.find(name).orElse(null);
      if (parent != null) {
        looks++;
        waits |= assertAddsUp(describe(parent.key()));
      }
    }
    // Its end follows from the last child's, by a record of the stream.
    overdue = waits ? overdue + 1 : 0;
    assertThat(rough || overdue * OFTEN.toMillis() < 10_000).isTrue();
    if (service.elapsed() < LONG.toMillis()) {
      service.later(OFTEN, () -> look(service, rough));
    }
  }

  /** True when all children are over and their parent is not yet. */
  private static boolean assertAddsUp(JobDescription description) {
    Map<JobStatus, Integer> summary = description.summary();
    int all = summary.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(all).as("%s", summary).isEqualTo(SIZE);
    int succeeded = summary.getOrDefault(JobStatus.SUCCEEDED, 0);
    boolean over = succeeded + summary.getOrDefault(JobStatus.FAILED, 0) == SIZE;
    if (description.view().job().state() instanceof JobState.Ended ended) {
      assertThat(over).as("%s says it is over with children %s", ended, summary).isTrue();
      assertThat(ended.succeeded()).isEqualTo(succeeded == SIZE);
      return false;
    }
    return over;
  }
}
