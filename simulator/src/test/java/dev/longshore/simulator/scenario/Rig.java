package dev.longshore.simulator.scenario;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.port.WorkQueue;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import dev.longshore.simulator.memory.MemoryHostStore;
import dev.longshore.simulator.memory.MemoryJobIds;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The use cases over stores in memory, one call at a time, for races that must be just so. */
final class Rig {
  static final String ENVIRONMENT = "alone";
  static final Shape SMALL = new Shape(1, 512, 0);

  final MemoryJobIds ids = new MemoryJobIds(1);
  final MemoryHostStore hosts = new MemoryHostStore(Watcher.NONE);
  final MemoryJobStore jobs =
      new MemoryJobStore(this::instant, Duration.ofDays(7), () -> 0, _ -> {}, Watcher.NONE);
  final MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
  final List<HostLauncher.Launch> launches = new ArrayList<>();
  final List<WorkQueue.Work> work = new ArrayList<>();
  long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  TaskRunner.StartAnswer answer = new TaskRunner.StartAnswer.Accepted();

  Rig() {
    Setting.create(catalog, now);
  }

  private Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  /** The use cases as they see these stores through the alteration. */
  Service service(Alteration alteration) {
    return Service.over(
        new Service.Ports(
            jobs,
            hosts,
            catalog,
            ids,
            new Runner(),
            new Launcher(),
            new Setting.Types(),
            (portion, _) -> work.add(portion),
            new NoNudges(),
            _ -> {},
            this::instant),
        alteration);
  }

  Job put(int arraySize, JobState state) {
    return put(arraySize, state, List.of());
  }

  Job put(int arraySize, JobState state, List<Need> needs) {
    JobSpec spec =
        new JobSpec(
            "a",
            Setting.APART,
            Setting.DEFINITION,
            SMALL,
            RetryStrategy.ONCE,
            0,
            arraySize,
            null,
            0,
            now,
            ChildOrder.NONE,
            needs);
    JobId id = ids.random();
    Job job = Job.fresh(JobKey.whole(id), spec, state);
    jobs.create(job, new JobDocument("{}", Map.of()));
    return job;
  }

  /** A host that is up, with this much taken. */
  Host host(String instance, Set<Reservation> taken) {
    HostId id = new HostId(ENVIRONMENT, instance);
    hosts.create(
        new Host(
            id,
            Host.State.ACTIVE,
            "m.small",
            new Shape(2, 7_500, 0),
            "ci-" + instance,
            now,
            0,
            Set.of(),
            1));
    hosts.reserve(id, 1, taken);
    return hosts.find(id).orElseThrow();
  }

  Dispatch dispatch(String instance) {
    return new Dispatch(new HostId(ENVIRONMENT, instance), "ci-" + instance, 1, 0, now);
  }

  Reservation room(Job job, Dispatch dispatch) {
    return Reservation.of(job.key(), job.spec(), dispatch);
  }

  Job stored(Job job) {
    return jobs.find(job.key()).orElseThrow();
  }

  Set<Reservation> taken(String instance) {
    return hosts.find(new HostId(ENVIRONMENT, instance)).map(Host::reservations).orElse(Set.of());
  }

  /** The jobs, with something happening just before this call of the store. */
  static Alteration before(String method, Runnable other) {
    return new Alteration() {
      @Override
      public JobStore jobs(JobStore real) {
        return Twist.of(JobStore.class, real, first(method, other));
      }

      @Override
      public HostStore hosts(HostStore real) {
        return Twist.of(HostStore.class, real, first(method, other));
      }
    };
  }

  /** The tasks, with something happening just before each start. */
  static Alteration beforeStart(Runnable other) {
    return new Alteration() {
      @Override
      public TaskRunner tasks(TaskRunner real) {
        return Twist.of(TaskRunner.class, real, first("start", other));
      }
    };
  }

  private static Twist first(String method, Runnable other) {
    return (called, _, real) -> {
      if (called.equals(method)) {
        other.run();
      }
      return real.answer();
    };
  }

  private final class Runner implements TaskRunner {
    @Override
    public StartAnswer start(Start start) {
      return answer;
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

  private final class Launcher implements HostLauncher {
    @Override
    public Launched launch(Launch launch) {
      launches.add(launch);
      return new Launched(List.of("i-" + launches.size()), "");
    }

    @Override
    public void terminate(HostId host) {}

    @Override
    public Set<String> instances(String environment) {
      return Set.of();
    }
  }

  private static final class NoNudges implements Nudges {
    @Override
    public void scheduler(String domain) {}

    @Override
    public void capacity(String domain) {}
  }
}
