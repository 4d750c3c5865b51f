package dev.longshore.core.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ArrayFamilyTest {
  private static final JobId PARENT = JobId.of("00000000-0000-4000-8000-000000000009");
  private static final Dispatch DISPATCH = new Dispatch(new HostId("ce", "i-1"), "c", 1, 0, 5);
  private static final StopRequest STOP = new StopRequest(StopRequest.Kind.CANCEL, "enough", 77);

  private static Job parent(int size, JobState state) {
    JobSpec spec =
        new JobSpec(
            "array",
            "queue",
            new DefinitionId("definition", 1),
            new Shape(1, 128, 0),
            RetryStrategy.ONCE,
            0,
            size,
            null,
            0,
            1);
    return Job.fresh(JobKey.whole(PARENT), spec, state);
  }

  private static Job child(int index, JobState state) {
    return Job.fresh(JobKey.child(PARENT, index), parent(2500, new JobState.Open()).spec(), state);
  }

  @Test
  @DisplayName("Pages that were never written say of each child what the parent says")
  void unwrittenPages() {
    List<ArrayPage> open = ArrayFamily.allPages(parent(2500, new JobState.Open()), Map.of());
    assertThat(open).extracting(page -> page.states().size()).containsExactly(1000, 1000, 500);
    assertThat(ArrayFamily.summary(open))
        .containsEntry(JobStatus.RUNNABLE, 2500)
        .containsEntry(JobStatus.SUCCEEDED, 0)
        .hasSize(7);
    Job waiting = parent(10, new JobState.Pending(Set.of(PARENT)));
    assertThat(ArrayFamily.summary(ArrayFamily.allPages(waiting, Map.of())))
        .containsEntry(JobStatus.PENDING, 10);
    Job over = parent(10, new JobState.Ended(false, "Dependent Job failed", 3));
    assertThat(ArrayFamily.summary(ArrayFamily.allPages(over, Map.of())))
        .containsEntry(JobStatus.FAILED, 10);
  }

  @Test
  @DisplayName("Folding children changes their bits only, and nothing when there is no news")
  void folding() {
    ArrayPage page = ArrayPage.unwritten(PARENT, 1, 2500, ChildState.RUNNABLE);
    Job done = child(1001, new JobState.Ended(true, "", 9));
    Job lost = child(1003, new JobState.Ended(false, "", 9));
    Job again = child(1004, new JobState.Runnable(0));
    ArrayPage folded = ArrayFamily.fold(page, List.of(done, lost, again));
    assertThat(folded.differsFrom(page)).isTrue();
    assertThat(folded.state(1001)).isEqualTo(ChildState.SUCCEEDED);
    assertThat(folded.state(1003)).isEqualTo(ChildState.FAILED);
    assertThat(folded.state(1004)).isEqualTo(ChildState.RUNNABLE_AGAIN);
    assertThat(folded.state(1002)).isEqualTo(ChildState.RUNNABLE);
    assertThat(ArrayFamily.fold(folded, List.of(done)).differsFrom(folded)).isFalse();
  }

  @Test
  @DisplayName("Only runnable children are handed over")
  void handOver() {
    ArrayPage page = ArrayPage.unwritten(PARENT, 0, 4, ChildState.RUNNABLE);
    Job started = child(2, new JobState.Starting(DISPATCH, null));
    ArrayPage handed = ArrayFamily.handOver(ArrayFamily.fold(page, List.of(started)), Set.of(1, 2));
    assertThat(handed.state(1)).isEqualTo(ChildState.HANDED_OVER);
    assertThat(handed.state(0)).isEqualTo(ChildState.RUNNABLE);
    assertThat(ArrayFamily.handOver(handed, Set.of(1, 2)).differsFrom(handed)).isFalse();
  }

  @Test
  @DisplayName("Stopping what has not started leaves what has, and keeps each one's own reason")
  void stopUnstarted() {
    StopRequest own = new StopRequest(StopRequest.Kind.TERMINATE, "just this one", 70);
    ArrayPage page =
        ArrayFamily.handOver(ArrayPage.unwritten(PARENT, 0, 4, ChildState.RUNNABLE), Set.of(3));
    ArrayPage stopped = page.stopUnstarted(1, own).stopUnstarted(STOP);
    assertThat(stopped.stopOf(0)).contains(STOP);
    assertThat(stopped.stopOf(1)).contains(own);
    assertThat(stopped.stopOf(3)).isEmpty();
    assertThat(stopped.isClosed()).isFalse();
    assertThat(stopped.stopUnstarted(STOP).differsFrom(stopped)).isFalse();
  }

  @Test
  @DisplayName("An array is closed when every page is written and none of its children is open")
  void allClosed() {
    ArrayPage first = ArrayPage.unwritten(PARENT, 0, 1001, ChildState.RUNNABLE).stopUnstarted(STOP);
    assertThat(ArrayFamily.allClosed(PARENT, 1001, List.of(first))).isFalse();
    ArrayPage second = ArrayPage.unwritten(PARENT, 1, 1001, ChildState.RUNNABLE);
    assertThat(ArrayFamily.allClosed(PARENT, 1001, List.of(first, second))).isFalse();
    ArrayPage done = second.with((_, _) -> ChildState.SUCCEEDED);
    assertThat(ArrayFamily.allClosed(PARENT, 1001, List.of(first, done))).isTrue();
    assertThat(ArrayFamily.allSucceeded(List.of(first, done))).isFalse();
    assertThat(ArrayFamily.allSucceeded(List.of(done))).isTrue();
  }
}
