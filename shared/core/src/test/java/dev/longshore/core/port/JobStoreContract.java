package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.DISPATCH;
import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.NO_DOCUMENT;
import static dev.longshore.core.port.Samples.STOP;
import static dev.longshore.core.port.Samples.array;
import static dev.longshore.core.port.Samples.attempts;
import static dev.longshore.core.port.Samples.child;
import static dev.longshore.core.port.Samples.ended;
import static dev.longshore.core.port.Samples.fullSpec;
import static dev.longshore.core.port.Samples.id;
import static dev.longshore.core.port.Samples.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link JobStore} keeps of jobs and documents; the index: {@link JobLineContract}. */
public abstract class JobStoreContract {
  private static final Duration RETENTION = Duration.ofDays(7);

  private final AtomicLong now = new AtomicLong(NOW);
  private JobStore store;

  /** An empty store that hides and purges jobs {@code retention} after their end. */
  protected abstract JobStore newStore(InstantSource clock, Duration retention);

  @BeforeEach
  void makeStore() {
    store = newStore(() -> Instant.ofEpochMilli(now.get()), RETENTION);
  }

  private Job created(Job job) {
    assertThat(store.create(job, NO_DOCUMENT)).isTrue();
    return job;
  }

  private Job saved(Job after) {
    assertThat(store.save(after)).isTrue();
    return after;
  }

  static Stream<Job> everyState() {
    Job fresh = Job.fresh(JobKey.whole(id(1)), fullSpec("q"), new JobState.Runnable(0));
    return Stream.of(
            new JobState.Pending(Set.of(id(2), id(3))),
            new JobState.Runnable(0),
            new JobState.Runnable(NOW + 60_000),
            new JobState.Open(),
            new JobState.Starting(DISPATCH, null),
            new JobState.Starting(DISPATCH, "task-1"),
            new JobState.Running(DISPATCH, "task-1", NOW + 99),
            new JobState.Ended(true, "done", NOW + 100),
            new JobState.Ended(false, "", NOW + 100))
        .flatMap(state ->
            Stream.of(
                fresh.in(state),
                new Job(fresh.key(), fresh.spec(), state, attempts(), 4, STOP, 2)));
  }

  @ParameterizedTest
  @MethodSource("everyState")
  @DisplayName("A job of any state comes back as it was saved")
  void jobsComeBack(Job after) {
    Job fresh = Job.fresh(after.key(), after.spec(), new JobState.Pending(Set.of(id(9))));
    created(fresh);
    assertThat(store.find(fresh.key())).contains(fresh);
    saved(after);
    assertThat(store.find(after.key())).contains(after);
  }

  @ParameterizedTest
  @MethodSource("everyState")
  @DisplayName("A child of any state comes back with its parent's spec")
  void childrenComeBack(Job course) {
    Job parent = created(array(1, "q", 50));
    assertThat(store.createChild(child(parent, 49))).isTrue();
    JobKey key = JobKey.child(parent.key().job(), 49);
    Job after = new Job(key, parent.spec(), course.state(), course.attempts(), 1, course.stop(), 2);
    saved(after);
    assertThat(store.find(key)).contains(after);
  }

  @Test
  @DisplayName("A new job is created in any state that the submission decides")
  void createsInAnyState() {
    everyState()
        .forEach(sample -> {
          JobStore empty = newStore(() -> Instant.ofEpochMilli(NOW), RETENTION);
          Job job = Job.fresh(sample.key(), sample.spec(), sample.state());
          assertThat(empty.create(job, NO_DOCUMENT)).isTrue();
          assertThat(empty.find(job.key())).contains(job);
        });
  }

  @Test
  @DisplayName("Creating a job whose ID is taken is refused and changes nothing")
  void createIsRefused() {
    JobDocument small = new JobDocument("{\"a\":1}", Map.of("k", "v"));
    Job job = job(1, "q");
    assertThat(store.create(job, small)).isTrue();
    Job other = Job.fresh(job.key(), fullSpec("other"), new JobState.Open());
    assertThat(store.create(other, new JobDocument("{\"b\":2}", Map.of()))).isFalse();
    assertThat(store.create(other, new JobDocument(text(5_000), Map.of()))).isFalse();
    assertThat(store.find(job.key())).contains(job);
    assertThat(store.document(job.key().job())).contains(small);
  }

  @Test
  @DisplayName("A save is refused unless exactly the version before it is stored")
  void saveIsConditional() {
    Job first = created(job(1, "q"));
    Job second = first.in(new JobState.Starting(DISPATCH, null));
    Job third = second.in(ended(NOW));
    assertThat(store.save(third)).as("skips a version").isFalse();
    saved(second);
    assertThat(store.save(second)).as("repeated").isFalse();
    assertThat(store.save(first.in(ended(NOW)))).as("lost the race").isFalse();
    assertThat(store.find(first.key())).contains(second);
    saved(third);
  }

  @Test
  @DisplayName("Saving what is not there is refused and creates nothing")
  void saveNeedsTheItem() {
    Job parent = created(array(1, "q", 5));
    Job whole = job(2, "q").in(ended(NOW));
    Job child = child(parent, 3).in(ended(NOW));
    assertThat(store.save(whole)).isFalse();
    assertThat(store.save(child)).isFalse();
    assertThat(store.findAll(List.of(whole.key(), child.key()))).isEmpty();
  }

  @Test
  @DisplayName("A child is created once, and saves of it follow the same version rule")
  void childVersions() {
    Job parent = created(array(1, "q", 5));
    Job child = child(parent, 3);
    assertThat(store.find(child.key())).isEmpty();
    assertThat(store.createChild(child)).isTrue();
    Job running = child.in(new JobState.Running(DISPATCH, "t", NOW));
    saved(running);
    assertThat(store.createChild(child)).isFalse();
    assertThat(store.save(running)).isFalse();
    assertThat(store.find(child.key())).contains(running);
    assertThat(store.find(parent.key())).contains(parent);
  }

  @Test
  @DisplayName("findAll gives whole jobs and children together and leaves out what is not there")
  void findsMany() {
    Map<JobKey, Job> expected = new HashMap<>();
    List<JobKey> keys = new ArrayList<>();
    for (int number = 1; number <= 120; number++) {
      Job job = created(job(number, "q"));
      expected.put(job.key(), job);
      keys.add(job.key());
      keys.add(JobKey.whole(id(1_000 + number)));
    }
    Job parent = created(array(500, "q", 200));
    for (int index = 0; index < 5; index++) {
      Job child = child(parent, index);
      assertThat(store.createChild(child)).isTrue();
      expected.put(child.key(), child);
    }
    for (int index = 0; index < 9; index++) {
      keys.add(JobKey.child(parent.key().job(), index));
    }
    keys.add(keys.getFirst());
    assertThat(store.findAll(keys)).isEqualTo(expected);
    assertThat(store.findAll(List.of())).isEmpty();
  }

  @Test
  @DisplayName("Children are listed by index from the given one on, as many as asked for")
  void listsChildren() {
    Job parent = created(array(1, "q", 10_000));
    Job other = created(array(2, "q", 10));
    assertThat(store.createChild(child(other, 2))).isTrue();
    for (int index : List.of(9_999, 10, 2, 1_000)) {
      assertThat(store.createChild(child(parent, index))).isTrue();
    }
    JobId id = parent.key().job();
    assertThat(store.children(id, 0, 100))
        .containsExactly(
            child(parent, 2), child(parent, 10), child(parent, 1_000), child(parent, 9_999));
    assertThat(store.children(id, 3, 2)).containsExactly(child(parent, 10), child(parent, 1_000));
    assertThat(store.children(id, 10, 1)).containsExactly(child(parent, 10));
    assertThat(store.children(id(77), 0, 100)).isEmpty();
  }

  @Test
  @DisplayName(
      "A document of any size comes back, alone or with others, also after saves of its job")
  void documentsComeBack() {
    int number = 0;
    Map<JobId, JobDocument> all = new HashMap<>();
    for (int size : List.of(2, 300, 500, 30_000)) {
      JobDocument document = new JobDocument(text(size), Map.of("team", "blue", "empty", ""));
      Job job = job(++number, "q");
      assertThat(store.create(job, document)).isTrue();
      assertThat(store.document(job.key().job())).contains(document);
      saved(job.in(ended(NOW)));
      assertThat(store.document(job.key().job())).contains(document);
      all.put(job.key().job(), document);
    }
    assertThat(store.document(id(77))).isEmpty();
    List<JobId> asked = new ArrayList<>(all.keySet());
    asked.add(id(77));
    assertThat(store.documents(asked)).isEqualTo(all);
    assertThat(store.documents(List.of())).isEmpty();
  }

  @Test
  @DisplayName("saveTags replaces the tags and neither the rest of the document nor the version")
  void replacesTags() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      many.put("key-" + i, text(200));
    }
    int number = 0;
    for (int size : List.of(2, 390, 5_000)) {
      Job job = job(++number, "q");
      JobId id = job.key().job();
      assertThat(store.create(job, new JobDocument(text(size), Map.of("a", "1")))).isTrue();
      for (Map<String, String> tags : List.of(Map.of("b", "2"), many, Map.<String, String>of())) {
        assertThat(store.saveTags(id, tags)).isTrue();
        assertThat(store.document(id)).contains(new JobDocument(text(size), tags));
      }
      assertThat(store.find(job.key())).contains(job);
      saved(job.in(ended(NOW)));
    }
    assertThat(store.saveTags(id(77), many)).isFalse();
    assertThat(store.document(id(77))).isEmpty();
  }

  @Test
  @DisplayName("An ended job is hidden when its retention, counted from its end, is over")
  void hidesExpired() {
    Job open = created(job(1, "q"));
    Job job = created(job(2, "q"));
    saved(job.in(ended(NOW + 50_000)));
    long expiry = NOW + 50_000 + RETENTION.toMillis();
    now.set(expiry - 1_000);
    assertThat(store.find(job.key())).isPresent();
    now.set(expiry + 1_000);
    assertThat(store.find(job.key())).isEmpty();
    assertThat(store.findAll(List.of(job.key(), open.key()))).containsOnlyKeys(open.key());
    assertThat(store.document(job.key().job())).isEmpty();
    assertThat(store.documents(List.of(job.key().job(), open.key().job())))
        .containsOnlyKeys(open.key().job());
    assertThat(store.saveTags(job.key().job(), Map.of())).isFalse();
  }

  @Test
  @DisplayName("Children are seen as long as their parent, however early they ended")
  void childrenExpireWithTheParent() {
    Job parent = created(array(1, "q", 2));
    JobId id = parent.key().job();
    Job child = child(parent, 0);
    assertThat(store.createChild(child)).isTrue();
    saved(child.in(ended(NOW)));
    long parentEnd = NOW + Duration.ofDays(30).toMillis();
    now.set(parentEnd);
    assertThat(store.find(child.key())).as("open parent").isPresent();
    saved(parent.in(ended(parentEnd)));
    now.set(parentEnd + RETENTION.toMillis() - 1_000);
    assertThat(store.find(child.key())).isPresent();
    assertThat(store.children(id, 0, 10)).hasSize(1);
    now.set(parentEnd + RETENTION.toMillis() + 1_000);
    assertThat(store.find(child.key())).isEmpty();
    assertThat(store.findAll(List.of(child.key()))).isEmpty();
    assertThat(store.children(id, 0, 10)).isEmpty();
  }

  @Test
  @DisplayName(
      "A purge deletes the jobs whose retention is over, with all that is theirs, and says"
          + " how many")
  void purges() {
    Job open = created(job(1, "q"));
    Job job = job(2, "q");
    assertThat(store.create(job, new JobDocument(text(5_000), Map.of()))).isTrue();
    saved(job.in(ended(NOW)));
    Job parent = created(array(3, "q", 2));
    Job child = child(parent, 1);
    assertThat(store.createChild(child)).isTrue();
    saved(parent.in(ended(NOW)));
    long later = NOW + RETENTION.toMillis() + 1_000;
    assertThat(store.purge(NOW + 1_000)).isZero();
    assertThat(store.find(job.key())).isPresent();
    now.set(later);
    assertThat(store.purge(later)).isEqualTo(2);
    assertThat(store.purge(later)).isZero();
    now.set(NOW);
    assertThat(store.findAll(List.of(job.key(), parent.key(), child.key(), open.key())))
        .containsOnlyKeys(open.key());
  }

  @Test
  @DisplayName("Edges of a target come in pages, each once, however often they were recorded")
  void pagesEdges() {
    Set<JobId> waiting = Set.of(id(12), id(13), id(14), id(15), id(16));
    for (int round = 0; round < 2; round++) {
      for (JobId dependent : waiting) {
        store.addEdge(id(1), dependent, NOW + round);
      }
    }
    store.addEdge(id(2), id(99), NOW);
    List<JobId> first = store.edges(id(1), null, 2);
    assertThat(first).hasSize(2);
    List<JobId> second = store.edges(id(1), first.getLast(), 2);
    assertThat(second).hasSize(2);
    List<JobId> third = store.edges(id(1), second.getLast(), 2);
    List<JobId> all = store.edges(id(1), null, 100);
    assertThat(all).containsExactlyInAnyOrderElementsOf(waiting);
    assertThat(all).startsWith(first.toArray(JobId[]::new)).endsWith(third.toArray(JobId[]::new));
    assertThat(third).hasSize(1);
    assertThat(store.edges(id(1), third.getLast(), 2)).isEmpty();
    assertThat(store.edges(id(3), null, 2)).isEmpty();
  }

  private static String text(int length) {
    return "x".repeat(length);
  }

  @Test
  @DisplayName("Pairs of an array come in pages, each once, apart from the edges of the same array")
  void pagesPairs() {
    store.addEdge(id(1), id(7), NOW);
    for (int dependent = 2; dependent < 5; dependent++) {
      store.addPair(id(1), id(dependent), NOW);
      store.addPair(id(1), id(dependent), NOW + 1);
    }
    List<JobId> first = store.pairs(id(1), null, 2);
    assertThat(first).hasSize(2);
    List<JobId> second = store.pairs(id(1), first.getLast(), 2);
    assertThat(second).hasSize(1);
    assertThat(store.pairs(id(1), null, 100)).containsExactlyInAnyOrder(id(2), id(3), id(4));
    assertThat(store.edges(id(1), null, 100)).containsExactly(id(7));
    assertThat(store.pairs(id(2), null, 2)).isEmpty();
  }
}
