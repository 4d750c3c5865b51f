package dev.longshore.local.runner;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.local.events.EventSink;
import dev.longshore.local.logs.LogName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of this machine. A start answers at once; what becomes of it is told by events, as ECS
 * does.
 */
public final class LocalTasks implements TaskRunner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTasks.class);
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);

  private final TaskBook book;
  private final Ensembles ensembles;
  private final Runner runner;
  private final Containers containers;
  private final Predicate<HostId> hosts;
  private final InstantSource clock;

  /**
   * No tasks yet; {@link #recover} finds those of an earlier run.
   *
   * @param events where events go
   * @param runner makes the runner that tells the given listener
   * @param hosts whether a host exists
   */
  public LocalTasks(
      EventSink events,
      Function<TaskListener, Runner> runner,
      Containers containers,
      Predicate<HostId> hosts,
      InstantSource clock) {
    this.book = new TaskBook(events, this::forget);
    this.ensembles = new Ensembles(book, clock);
    this.runner = runner.apply(ensembles);
    this.ensembles.runWith(this.runner);
    this.containers = containers;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** Finds the tasks that an earlier run of the service left. Called once, before any start. */
  public void recover() {
    runner.recover();
    ensembles.recovered();
  }

  /** One line for the banner. */
  public String describe() {
    return runner.describe();
  }

  @Override
  public StartAnswer start(Start start) {
    Job job = start.job();
    Dispatch dispatch = job.dispatch().orElseThrow();
    AttemptKey attempt = dispatch.keyOf(job.key());
    if (!book.of(attempt).isEmpty()) {
      return new StartAnswer.Accepted();
    }
    if (!hosts.test(dispatch.host())) {
      return new StartAnswer.Refused("there is no instance " + dispatch.host().instance());
    }
    String mainAddress = null;
    if (start.main() != null) {
      mainAddress = address(start.main()).orElse(null);
      if (mainAddress == null) {
        return new StartAnswer.Unknown("the main node does not run");
      }
    }
    Containers.Plan plan;
    try {
      plan = containers.plan(start, Task.idOf(attempt), mainAddress);
    } catch (IllegalArgumentException e) {
      return new StartAnswer.Unstartable(String.valueOf(e.getMessage()));
    }
    LogName log = plan.parts().getFirst().log();
    Task task = new Task(attempt, dispatch.host(), dispatch.containerInstance(), log);
    if (book.add(task)) {
      Thread.ofVirtual().name("start-" + task.id()).start(() -> run(task, plan));
    }
    return new StartAnswer.Accepted();
  }

  /** Where the main node of a multi-node job is reached. */
  private Optional<String> address(Job main) {
    return main.liveAttempt().flatMap(book::live).flatMap(ensembles::address);
  }

  private void run(Task task, Containers.Plan plan) {
    try {
      if (book.isStopping(task)) {
        book.stopped(task, TaskEnding.failedToStart("stopped before it started", clock.millis()));
        return;
      }
      if (plan.parts().size() > 1) {
        ensembles.start(task, plan.parts());
      } else {
        runner.start(task, plan.parts().getFirst().container());
      }
      if (book.isStopping(task)) {
        // It came while the runner did not know the task yet.
        ensembles.stop(task, STOP_GRACE);
      }
    } catch (RuntimeException e) {
      LOG.error("task {} cannot be started", task.id(), e);
      String reason = "CannotStartContainerError: " + e.getMessage();
      book.stopped(task, TaskEnding.failedToStart(reason, clock.millis()));
    }
  }

  @Override
  public void stop(AttemptKey attempt, HostId host, @Nullable String task, String reason) {
    book.stopping(attempt, reason, false).ifPresent(known -> ensembles.stop(known, STOP_GRACE));
  }

  /** Ends all tasks of a host that goes away, at once. */
  public void evict(HostId host) {
    for (Task task : book.liveOn(host)) {
      book.stopping(task.attempt(), "", true);
      ensembles.stop(task, Duration.ZERO);
    }
  }

  /** Ends all tasks: SIGTERM now, SIGKILL after {@code grace}. Does not wait. */
  public void stopAll(Duration grace) {
    for (Task task : book.live()) {
      ensembles.stop(task, grace);
    }
  }

  /** How many tasks are not over. */
  public int count() {
    return book.live().size();
  }

  @Override
  public List<KnownTask> tasks(AttemptKey attempt, HostId host) {
    return book.of(attempt);
  }

  @Override
  public List<KnownTask> running(HostId host) {
    return book.liveOn(host).stream().map(task -> TaskBook.known(task, true)).toList();
  }

  @Override
  public void close() {
    runner.close();
  }

  /** After {@link #close}: removes what all tasks left, waiting for that, but not for longer. */
  public void discard(Duration limit) {
    runner.discard(limit);
  }

  private void forget(Task task) {
    ensembles.forget(task);
  }
}
