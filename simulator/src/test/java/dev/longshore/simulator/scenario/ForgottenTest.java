package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.JobWrites;
import dev.longshore.core.usecase.SubmitJob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What rounds forget of a queue, and what comes late when it is forgotten. */
class ForgottenTest {
  private static final long LONG_AGO = 15 * 60_000 + 1;

  private final Rig rig = new Rig();
  private final AtomicInteger read = new AtomicInteger();
  private final Service service =
      rig.service(
          new Alteration() {
            @Override
            public JobStore jobs(JobStore real) {
              return Twist.of(
                  JobStore.class,
                  real,
                  (method, _, call) -> {
                    read.addAndGet(method.equals("line") ? 1 : 0);
                    return call.answer();
                  });
            }
          });

  private JobId submit(int priority, List<JobId> after) {
    return service
        .submit()
        .submit(
            new SubmitJob.Command(
                null,
                "a",
                Setting.SHARED,
                Setting.SHARED,
                Setting.DEFINITION,
                Rig.SMALL,
                RetryStrategy.ONCE,
                0,
                0,
                after,
                "c",
                priority,
                new JobDocument("{}", Map.of()),
                ChildOrder.NONE,
                List.of(),
                null));
  }

  private int readByRound() {
    read.set(0);
    service.schedule().accept(Setting.SHARED);
    return read.get();
  }

  private Set<Integer> priorities() {
    return rig.catalog.shares(Setting.SHARED).find("c").orElseThrow().priorities().keySet();
  }

  private Job stored(JobId id) {
    return rig.jobs.find(JobKey.whole(id)).orElseThrow();
  }

  private void end(JobId id) {
    StopRequest stop = new StopRequest(StopRequest.Kind.TERMINATE, "enough", rig.now);
    new JobWrites(rig.jobs).apply(JobKey.whole(id), new JobEvent.StopRequested(stop), rig.now);
  }

  @Test
  @DisplayName("Priorities without jobs are read for fifteen minutes more, then no longer")
  void forgets() {
    JobId stays = submit(0, List.of());
    for (int priority = 1; priority < 40; priority++) {
      end(submit(priority, List.of()));
    }
    int many = readByRound();
    rig.now += LONG_AGO;
    service.schedule().accept(Setting.SHARED);
    assertThat(priorities()).containsExactly(0);
    int few = readByRound();
    assertThat(many - few).as("two lanes of each priority").isEqualTo(2 * 39);
    rig.host("i-1", Set.of());
    service.schedule().accept(Setting.SHARED);
    assertThat(stored(stays).status()).isEqualTo(JobStatus.STARTING);
  }

  @Test
  @DisplayName("A priority that jobs keep coming with is not forgotten between two of them")
  void keepsWhatIsUsed() {
    for (int minute = 0; minute < 60; minute += 10) {
      end(submit(7, List.of()));
      service.schedule().accept(Setting.SHARED);
      assertThat(priorities()).containsExactly(7);
      rig.now += 10 * 60_000;
    }
  }

  @Test
  @DisplayName(
      "A job that waited for hours is found though its priority was forgotten, even when"
          + " the record that says so is lost")
  void waitsForLong() {
    JobId first = submit(1, List.of());
    JobId second = submit(7, List.of(first));
    rig.now += LONG_AGO;
    service.schedule().accept(Setting.SHARED);
    assertThat(priorities()).containsExactly(1);
    rig.host("i-1", Set.of());
    service.schedule().accept(Setting.SHARED);
    Job running = stored(first);
    new JobWrites(rig.jobs)
        .apply(
            running.key(),
            new JobEvent.TaskStopped(
                running.liveAttempt().orElseThrow(),
                "task",
                TaskEnd.exited(0, null, rig.now, rig.now)),
            rig.now);
    service.progress().accept(List.of(new Change.JobChanged(running.key())));
    assertThat(stored(second).status()).isEqualTo(JobStatus.RUNNABLE);
    service.schedule().accept(Setting.SHARED);
    assertThat(stored(second).status()).isEqualTo(JobStatus.STARTING);
  }

  @Test
  @DisplayName("What a round found of a deleted queue is not said of the one made under its name")
  void lateRound() {
    JobId waits = submit(0, List.of());
    JobQueue queue = rig.catalog.queue(Setting.SHARED).orElseThrow();
    Alteration remade =
        new Alteration() {
          @Override
          public CatalogStore catalog(CatalogStore real) {
            return Twist.of(
                CatalogStore.class,
                real,
                (method, _, call) -> {
                  if (method.equals("saveHolds") && rig.catalog.removeQueue(queue.name(), 1)) {
                    end(waits);
                    assertThat(rig.catalog.createQueue(queue)).isTrue();
                  }
                  return call.answer();
                });
          }
        };
    rig.service(remade).schedule().accept(Setting.SHARED);
    Holds said = rig.catalog.holds(Setting.SHARED);
    assertThat(said).isEqualTo(new Holds(Setting.SHARED, List.of(), said.version()));
    ShareBook book = rig.catalog.shares(Setting.SHARED);
    assertThat(book.shares()).isEmpty();
  }
}
