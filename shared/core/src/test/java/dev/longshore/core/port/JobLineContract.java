package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.DISPATCH;
import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.NO_DOCUMENT;
import static dev.longshore.core.port.Samples.array;
import static dev.longshore.core.port.Samples.child;
import static dev.longshore.core.port.Samples.ended;
import static dev.longshore.core.port.Samples.fullSpec;
import static dev.longshore.core.port.Samples.id;
import static dev.longshore.core.port.Samples.job;
import static dev.longshore.core.port.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link JobStore} keeps of the index of a queue, once the index has settled. */
public abstract class JobLineContract {
  private JobStore store;

  /** An empty store. */
  protected abstract JobStore newStore(InstantSource clock, Duration retention);

  /** Makes the index of the store that was made last show all that was written. */
  protected abstract void settleIndex();

  @BeforeEach
  void makeStore() {
    store = newStore(() -> Instant.ofEpochMilli(NOW), Duration.ofDays(7));
  }

  private Job created(Job job) {
    assertThat(store.create(job, NO_DOCUMENT)).isTrue();
    return job;
  }

  private List<LineEntry> all(String queue, Lane lane) {
    settleIndex();
    return store.line(queue, lane, null, false, 1_000);
  }

  @Test
  @DisplayName("An entry carries what the planner and the filters of ListJobs need")
  void entriesAreComplete() {
    Job full = created(Job.fresh(JobKey.whole(id(1)), fullSpec("q"), new JobState.Runnable(5)));
    Job array = created(array(2, "q", 10_000));
    settleIndex();
    assertThat(store.line(LaneKey.of("q", Lane.RUNNABLE, "teamA", 77), null, false, 9))
        .containsExactly(LineEntry.of(full));
    assertThat(all("q", Lane.OPEN)).containsExactly(LineEntry.of(array));
  }

  @Test
  @DisplayName("A job is in the one lane that its state says, and moves with each save")
  void movesBetweenLanes() {
    Job job =
        created(
            Job.fresh(JobKey.whole(id(1)), spec("q", 0, NOW), new JobState.Pending(Set.of(id(2)))));
    assertOnlyIn(Lane.PENDING, job);
    for (JobState state :
        List.of(
            new JobState.Runnable(0),
            new JobState.Starting(DISPATCH, null),
            new JobState.Running(DISPATCH, "t", NOW),
            new JobState.Runnable(NOW + 1),
            new JobState.Ended(false, "no", NOW))) {
      job = job.in(state);
      assertThat(store.save(job)).isTrue();
      assertOnlyIn(Lane.of(state), job);
    }
    Job array = created(array(3, "other", 2));
    assertThat(store.save(array.in(ended(NOW)))).isTrue();
    assertThat(all("other", Lane.SUCCEEDED)).hasSize(1);
    assertThat(all("other", Lane.OPEN)).isEmpty();
  }

  @Test
  @DisplayName("Each share and priority has a lane of its own to start from, and shares the others")
  void sharesHaveLanes() {
    LaneKey own = LaneKey.of("q", Lane.RUNNABLE, "teamA", 77);
    Job job = created(Job.fresh(JobKey.whole(id(1)), fullSpec("q"), new JobState.Runnable(0)));
    created(job(2, "q"));
    settleIndex();
    assertThat(store.line(own, null, false, 9)).containsExactly(LineEntry.of(job));
    assertThat(store.line(LaneKey.of("q", Lane.RUNNABLE, "teamA", 7), null, false, 9)).isEmpty();
    assertThat(store.line(LaneKey.of("q", Lane.RUNNABLE, "team", 77), null, false, 9)).isEmpty();
    assertThat(all("q", Lane.RUNNABLE)).hasSize(1);
    Job over = job.in(ended(NOW));
    assertThat(store.save(over)).isTrue();
    settleIndex();
    assertThat(store.line(own, null, false, 9)).isEmpty();
    assertThat(store.line(own, LineEntry.of(over).position(), true, 9)).isEmpty();
    assertThat(all("q", Lane.SUCCEEDED)).containsExactly(LineEntry.of(over));
  }

  private void assertOnlyIn(Lane expected, Job job) {
    for (Lane lane : Lane.values()) {
      if (lane == expected) {
        assertThat(all("q", lane)).containsExactly(LineEntry.of(job));
      } else {
        assertThat(all("q", lane)).as(lane.name()).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("A refused save moves nothing")
  void refusedSavesMoveNothing() {
    Job job = created(job(1, "q"));
    assertThat(store.save(job.in(new JobState.Runnable(0)).in(ended(NOW)))).isFalse();
    assertOnlyIn(Lane.RUNNABLE, job);
  }

  @Test
  @DisplayName("Children have no entry")
  void childrenHaveNoEntry() {
    Job parent = created(array(1, "q", 5));
    Job child = child(parent, 2);
    assertThat(store.createChild(child)).isTrue();
    assertThat(store.save(child.in(ended(NOW)))).isTrue();
    assertOnlyIn(Lane.OPEN, parent);
  }

  @Test
  @DisplayName("Tags do not touch the index")
  void tagsDoNotMove() {
    Job job = created(job(1, "q"));
    assertThat(store.saveTags(job.key().job(), Map.of("a", "b"))).isTrue();
    assertOnlyIn(Lane.RUNNABLE, job);
  }

  @Test
  @DisplayName("A lane is in order of submission, then of ID, and holds one queue's jobs only")
  void isOrdered() {
    Job late = created(job(30, "q"));
    Job early = created(job(10, "q"));
    JobState waiting = new JobState.Runnable(0);
    Job tie = created(Job.fresh(JobKey.whole(id(5)), spec("q", 0, NOW + 30), waiting));
    created(job(20, "q-2"));
    assertThat(all("q", Lane.RUNNABLE))
        .extracting(LineEntry::job)
        .containsExactly(early.key().job(), tie.key().job(), late.key().job());
    assertThat(all("q-2", Lane.RUNNABLE)).hasSize(1);
    assertThat(all("q-3", Lane.RUNNABLE)).isEmpty();
  }

  @Test
  @DisplayName("Pages join without gap or repetition in both directions")
  void pagesInBothDirections() {
    List<LineEntry> expected = new ArrayList<>();
    for (int number = 1; number <= 23; number++) {
      expected.add(LineEntry.of(created(job(number, "q"))));
    }
    settleIndex();
    assertThat(readByPages(false)).isEqualTo(expected);
    Collections.reverse(expected);
    assertThat(readByPages(true)).isEqualTo(expected);
  }

  @Test
  @DisplayName("A place stays valid when the job that marks it has left the lane")
  void placesOutliveTheirJobs() {
    Job first = created(job(1, "q"));
    Job second = created(job(2, "q"));
    Job third = created(job(3, "q"));
    assertThat(store.save(second.in(ended(NOW)))).isTrue();
    settleIndex();
    LineEntry.Position place = LineEntry.of(second).position();
    assertThat(store.line("q", Lane.RUNNABLE, place, false, 9))
        .containsExactly(LineEntry.of(third));
    assertThat(store.line("q", Lane.RUNNABLE, place, true, 9)).containsExactly(LineEntry.of(first));
  }

  private List<LineEntry> readByPages(boolean newestFirst) {
    List<LineEntry> read = new ArrayList<>();
    LineEntry.@Nullable Position after = null;
    while (true) {
      List<LineEntry> page = store.line("q", Lane.RUNNABLE, after, newestFirst, 5);
      assertThat(page).hasSizeLessThanOrEqualTo(5);
      read.addAll(page);
      if (page.size() < 5) {
        return read;
      }
      after = page.getLast().position();
    }
  }
}
