package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rounds of one domain that run into each other at any call of a store. */
@DisplayName("Checklist 15: concurrent rounds never take more than there is")
class ConcurrentRoundsTest {
  private static final int JOBS = 40;

  private final Rig rig = new Rig();

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private Job put(int number, Shape shape, long licences) {
    JobSpec spec =
        new JobSpec(
            "job-" + number,
            Setting.APART,
            Setting.DEFINITION,
            shape,
            RetryStrategy.ONCE,
            0,
            0,
            null,
            0,
            rig.now + number,
            ChildOrder.NONE,
            licences == 0 ? List.of() : List.of(new Need(Setting.LICENCE, licences)));
    Job job = Job.fresh(JobKey.whole(rig.ids.random()), spec, new JobState.Runnable(0));
    rig.jobs.create(job, new JobDocument("{}", Map.of()));
    return job;
  }

  private Host host(String instance, Shape capacity) {
    Host small = rig.host(instance, Set.of());
    rig.hosts.save(
        new Host(
            small.id(),
            small.state(),
            small.instanceType(),
            capacity,
            small.containerInstance(),
            small.launchedAt(),
            small.lastReleasedAt(),
            Set.of(),
            small.version() + 1));
    return rig.hosts.find(small.id()).orElseThrow();
  }

  /** Now and then another round goes from its begin to its end just before a call. */
  private final class Interrupted implements Alteration {
    private final Random chance;
    private final int depth;

    Interrupted(Random chance, int depth) {
      this.chance = chance;
      this.depth = depth;
    }

    private Twist twist() {
      return (_, _, call) -> {
        if (depth > 0 && chance.nextInt(12) == 0) {
          rig.service(new Interrupted(chance, depth - 1)).schedule().accept(Setting.APART);
        }
        return call.answer();
      };
    }

    @Override
    public JobStore jobs(JobStore real) {
      return Twist.of(JobStore.class, real, twist());
    }

    @Override
    public HostStore hosts(HostStore real) {
      return Twist.of(HostStore.class, real, twist());
    }

    @Override
    public CatalogStore catalog(CatalogStore real) {
      return Twist.of(CatalogStore.class, real, twist());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("vCPUs, memory, GPUs and consumable resources are each given to one job at a time")
  void neverTooMuch(long seed) {
    Random chance = new Random(seed);
    List<HostId> hosts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Shape capacity =
          new Shape(1 + chance.nextInt(8), 1_000 + chance.nextInt(8_000), chance.nextInt(3));
      hosts.add(host("i-" + i, capacity).id());
    }
    List<Job> jobs = new ArrayList<>();
    for (int number = 0; number < JOBS; number++) {
      Shape shape =
          new Shape(1 + chance.nextInt(3), 100 + chance.nextInt(2_000), chance.nextInt(8) / 7);
      jobs.add(put(number, shape, chance.nextBoolean() ? chance.nextInt(4) : 0));
    }
    for (int round = 0; round < 3; round++) {
      rig.service(new Interrupted(chance, 2)).schedule().accept(Setting.APART);
    }
    int placed = 0;
    for (HostId id : hosts) {
      Host host = rig.hosts.find(id).orElseThrow();
      Shape taken = Shape.NONE;
      for (Reservation reservation : host.reservations()) {
        taken = taken.plus(reservation.shape());
        placed++;
      }
      assertThat(taken.fitsInto(host.capacity())).as("%s", host).isTrue();
    }
    long started =
        jobs.stream().filter(job -> rig.stored(job).status() == JobStatus.STARTING).count();
    assertThat(started).isEqualTo(placed).isPositive();
    ConsumableResource licence = rig.catalog.consumable(Setting.LICENCE).orElseThrow();
    long claimed = licence.claims().stream().mapToLong(Claim::quantity).sum();
    long asked =
        jobs.stream()
            .filter(job -> rig.stored(job).status() == JobStatus.STARTING)
            .flatMap(job -> job.spec().needs().stream())
            .mapToLong(Need::quantity)
            .sum();
    assertThat(claimed).isEqualTo(asked).isLessThanOrEqualTo(licence.total());
  }
}
