package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.SMALL;
import static dev.longshore.core.port.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.Front;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.model.LineSearch.Reader;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.TimeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link CatalogStore} keeps. */
public abstract class CatalogStoreContract {
  private CatalogStore store;

  /** An empty store. */
  protected abstract CatalogStore newStore();

  @BeforeEach
  void makeStore() {
    store = newStore();
  }

  private static JobQueue queue(String name, int priority, long version) {
    return new JobQueue(
        name,
        true,
        ResourceStatus.VALID,
        "JobQueue Healthy",
        priority,
        List.of("second", "first"),
        List.of(1, 20),
        version > 1 ? "fair" : null,
        version > 1
            ? List.of(new TimeLimit("CAPACITY:…", 600), new TimeLimit("M", 700))
            : List.of(),
        Map.of("team", "blue"),
        NOW,
        version);
  }

  private static ComputeEnvironment environment(String name, @Nullable Managed managed, long v) {
    return new ComputeEnvironment(
        name,
        v % 2 == 0,
        ResourceStatus.UPDATING,
        "",
        managed,
        managed == null ? 16 : 0,
        "{\"type\":\"MANAGED\"}",
        Map.of(),
        NOW,
        v);
  }

  private static JobDefinition definition(String name, int revision, boolean active, long version) {
    return new JobDefinition(
        new DefinitionId(name, revision),
        active,
        "{\"type\":\"container\",\"pad\":\"" + "x".repeat(revision % 7 * 1_000) + "\"}",
        Map.of("k", ""),
        NOW + revision,
        active ? 0 : NOW + 99,
        version);
  }

  private void register(String name, int... revisions) {
    for (int revision : revisions) {
      assertThat(store.createDefinition(definition(name, revision, true, 1))).isTrue();
    }
  }

  private void deregister(String name, int revision) {
    assertThat(store.saveDefinition(definition(name, revision, false, 2))).isTrue();
  }

  @Test
  @DisplayName("Queues: created once, saved over the version before, listed by name, removed")
  void keepsQueues() {
    assertThat(store.queue("b")).isEmpty();
    assertThat(store.saveQueue(queue("b", 1, 2))).as("unknown").isFalse();
    assertThat(store.queues()).isEmpty();
    JobQueue first = queue("b", 1, 1);
    assertThat(store.createQueue(first)).isTrue();
    assertThat(store.createQueue(queue("b", 9, 1))).as("taken").isFalse();
    assertThat(store.queue("b")).contains(first);
    assertThat(store.saveQueue(queue("b", 2, 3))).as("skips a version").isFalse();
    JobQueue second = queue("b", 2, 2);
    assertThat(store.saveQueue(second)).isTrue();
    assertThat(store.saveQueue(queue("b", 3, 2))).as("lost the race").isFalse();
    for (String name : List.of("b-2", "a", "B", "b_1", "1")) {
      assertThat(store.createQueue(queue(name, 5, 1))).isTrue();
    }
    assertThat(store.queues()).contains(second);
    assertThat(store.queues())
        .extracting(JobQueue::name)
        .containsExactly("1", "B", "a", "b", "b-2", "b_1");
    assertThat(store.removeQueue("b", 1)).as("old version").isFalse();
    assertThat(store.removeQueue("b", 2)).isTrue();
    assertThat(store.removeQueue("b", 2)).as("repeated").isFalse();
    assertThat(store.queue("b")).isEmpty();
    assertThat(store.queues()).hasSize(5);
    assertThat(store.createQueue(first)).as("the name is free again").isTrue();
  }

  @Test
  @DisplayName("Environments: created once, saved over the version before, listed by name, removed")
  void keepsEnvironments() {
    Managed managed =
        new Managed(
            Market.SPOT, 0, 256, 4, 5, List.of("optimal", "c6i.large"), "SPOT_CAPACITY_OPTIMIZED");
    ComputeEnvironment first = environment("b", managed, 1);
    assertThat(store.saveEnvironment(environment("b", managed, 2))).as("unknown").isFalse();
    assertThat(store.createEnvironment(first)).isTrue();
    assertThat(store.createEnvironment(environment("b", null, 1))).as("taken").isFalse();
    assertThat(store.environment("b")).contains(first);
    ComputeEnvironment second = environment("b", managed, 2);
    assertThat(store.saveEnvironment(environment("b", managed, 3))).as("skips").isFalse();
    assertThat(store.saveEnvironment(second)).isTrue();
    assertThat(store.saveEnvironment(second)).as("repeated").isFalse();
    ComputeEnvironment unmanaged = environment("a", null, 1);
    assertThat(store.createEnvironment(unmanaged)).isTrue();
    assertThat(store.environments()).containsExactly(unmanaged, second);
    assertThat(store.removeEnvironment("b", 1)).as("old version").isFalse();
    assertThat(store.removeEnvironment("b", 2)).isTrue();
    assertThat(store.removeEnvironment("b", 2)).as("repeated").isFalse();
    assertThat(store.environment("b")).isEmpty();
    assertThat(store.environments()).containsExactly(unmanaged);
    assertThat(store.createEnvironment(first)).as("the name is free again").isTrue();
  }

  @Test
  @DisplayName("Policies: created once, saved over the version before, listed by name, removed")
  void keepsPolicies() {
    SchedulingPolicy first =
        new SchedulingPolicy("b", FairShare.DEFAULT, "{\"a\":1}", Map.of("k", "v"), 1);
    FairShare settings =
        new FairShare(
            3_600,
            25,
            List.of(new FairShare.Weight("team*", 0.0001), new FairShare.Weight("x", 999.9999)));
    SchedulingPolicy second = new SchedulingPolicy("b", settings, "{\"a\":2}", Map.of(), 2);
    SchedulingPolicy other = new SchedulingPolicy("a", FairShare.DEFAULT, "{}", Map.of(), 1);
    assertThat(store.savePolicy(second)).as("unknown").isFalse();
    assertThat(store.createPolicy(first)).isTrue();
    assertThat(store.createPolicy(first)).as("taken").isFalse();
    assertThat(store.policy("b")).contains(first);
    assertThat(store.savePolicy(second)).isTrue();
    assertThat(store.savePolicy(second)).as("repeated").isFalse();
    assertThat(store.createPolicy(other)).isTrue();
    assertThat(store.policies()).containsExactly(other, second);
    assertThat(store.removePolicy("b", 1)).as("old version").isFalse();
    assertThat(store.removePolicy("b", 2)).isTrue();
    assertThat(store.removePolicy("b", 2)).as("repeated").isFalse();
    assertThat(store.policy("b")).isEmpty();
    assertThat(store.policies()).containsExactly(other);
    assertThat(store.createPolicy(first)).as("the name is free again").isTrue();
  }

  @Test
  @DisplayName("A revision is registered once and saved over the version before")
  void keepsDefinitions() {
    JobDefinition first = definition("d", 1, true, 1);
    assertThat(store.definition(first.id())).isEmpty();
    assertThat(store.saveDefinition(definition("d", 1, false, 2))).as("unknown").isFalse();
    assertThat(store.createDefinition(first)).isTrue();
    assertThat(store.createDefinition(definition("d", 1, false, 1))).as("taken").isFalse();
    assertThat(store.definition(first.id())).contains(first);
    assertThat(store.saveDefinition(definition("d", 1, false, 3))).as("skips").isFalse();
    JobDefinition second = definition("d", 1, false, 2);
    assertThat(store.saveDefinition(second)).isTrue();
    assertThat(store.saveDefinition(second)).as("repeated").isFalse();
    assertThat(store.definition(first.id())).contains(second);
    assertThat(store.definition(new DefinitionId("d", 2))).isEmpty();
  }

  @Test
  @DisplayName("The newest active revision is the one with the highest number")
  void findsTheNewestActive() {
    assertThat(store.newestActive("d")).isEmpty();
    register("d", 2, 10, 9, 1);
    register("d-2", 50);
    register("e", 60);
    assertThat(store.newestActive("d")).contains(definition("d", 10, true, 1));
    deregister("d", 10);
    assertThat(store.newestActive("d")).contains(definition("d", 9, true, 1));
    deregister("d", 9);
    deregister("d", 2);
    assertThat(store.newestActive("d")).contains(definition("d", 1, true, 1));
    deregister("d", 1);
    assertThat(store.newestActive("d")).isEmpty();
    assertThat(store.newestActive("d-2")).contains(definition("d-2", 50, true, 1));
  }

  @Test
  @DisplayName("A long row of deregistered revisions does not hide an active one")
  void findsAnOldActive() {
    for (int revision = 1; revision <= 60; revision++) {
      register("d", revision);
    }
    for (int revision = 3; revision <= 60; revision++) {
      deregister("d", revision);
    }
    assertThat(store.newestActive("d")).contains(definition("d", 2, true, 1));
  }

  @Test
  @DisplayName("The last revision counts deregistered ones too")
  void knowsTheLastRevision() {
    assertThat(store.lastRevision("d")).isZero();
    register("d", 1, 2, 12);
    register("d-2", 50);
    deregister("d", 12);
    assertThat(store.lastRevision("d")).isEqualTo(12);
  }

  @Test
  @DisplayName("Revisions of a name are listed newest first, deregistered ones included")
  void listsRevisions() {
    register("d", 9, 10, 100);
    register("d-2", 50);
    deregister("d", 10);
    assertThat(store.revisions("d"))
        .containsExactly(
            definition("d", 100, true, 1),
            definition("d", 10, false, 2),
            definition("d", 9, true, 1));
    assertThat(store.revisions("none")).isEmpty();
  }

  @Test
  @DisplayName("All definitions are paged by name, then newest first, without gap or repetition")
  void pagesDefinitions() {
    register("ab", 1, 2, 11);
    register("ab-c", 1);
    register("abc", 2, 1);
    register("Z", 5);
    register("ab_c", 1);
    List<String> expected =
        List.of("Z:5", "ab:11", "ab:2", "ab:1", "ab-c:1", "ab_c:1", "abc:2", "abc:1");
    for (int limit : List.of(1, 3, 4, 100)) {
      List<String> read = new ArrayList<>();
      @Nullable DefinitionId after = null;
      while (true) {
        List<JobDefinition> page = store.definitions(after, limit);
        assertThat(page).hasSizeLessThanOrEqualTo(limit);
        page.forEach(definition -> read.add(definition.id().toString()));
        if (page.size() < limit) {
          break;
        }
        after = page.getLast().id();
      }
      assertThat(read).isEqualTo(expected);
    }
    assertThat(store.definitions(new DefinitionId("abc", 1), 5)).isEmpty();
  }

  @Test
  @DisplayName("Holds come back as they were saved, each save over the version before it")
  void keepsHolds() {
    assertThat(store.holds("q")).isEqualTo(Holds.none("q"));
    Holds first =
        new Holds(
            "q",
            List.of(
                new Holds.Entry(SMALL, "MISCONFIGURATION:…", JobKey.whole(id(1)), NOW),
                new Holds.Entry(
                    SMALL,
                    "CAPACITY",
                    JobKey.child(id(2), 17),
                    NOW + 1,
                    List.of(new Need("licence", 3)),
                    4)),
            new Front(JobKey.child(id(2), 17), NOW, "CAPACITY:X", NOW + 2, NOW + 3),
            1);
    Front.Blockage blockage = new Front.Blockage("MISCONFIGURATION:…", NOW + 4, NOW + 5);
    Front blocking = new Front(JobKey.whole(id(1)), NOW, "", 0, 0, blockage);
    Holds second = new Holds("q", List.of(), blocking, 2);
    assertThat(store.saveHolds(second)).as("nothing stored").isFalse();
    assertThat(store.saveHolds(first)).isTrue();
    assertThat(store.saveHolds(first)).as("repeated").isFalse();
    assertThat(store.holds("q")).isEqualTo(first);
    assertThat(store.saveHolds(second)).isTrue();
    assertThat(store.holds("q")).isEqualTo(second);
    Holds third = new Holds("q", List.of(), 3);
    assertThat(store.saveHolds(third)).isTrue();
    assertThat(store.holds("q")).isEqualTo(third);
    assertThat(store.holds("q-2")).isEqualTo(Holds.none("q-2"));
  }

  @Test
  @DisplayName("Shares come back as they were saved, each save over the version before it")
  void keepsShares() {
    assertThat(store.shares("q")).isEqualTo(ShareBook.none("q"));
    ShareBook first =
        new ShareBook(
            "q",
            List.of(
                new ShareBook.Share(
                    "a", Map.of(0, NOW, 9_999, NOW - 3_000, 10, NOW - 1_000), 1 / 3.0, 17, NOW),
                new ShareBook.Share("b", Map.of(5, NOW), 0, 0, NOW - 1)),
            NOW + 5,
            1);
    ShareBook second = new ShareBook("q", List.of(), NOW + 6, 2);
    assertThat(store.saveShares(second)).as("nothing stored").isFalse();
    assertThat(store.saveShares(first)).isTrue();
    assertThat(store.saveShares(first)).as("repeated").isFalse();
    assertThat(store.shares("q")).isEqualTo(first);
    assertThat(store.saveShares(second)).isTrue();
    assertThat(store.shares("q")).isEqualTo(second);
    assertThat(store.shares("q-2")).isEqualTo(ShareBook.none("q-2"));
  }

  @Test
  @DisplayName("A queue made under a deleted one's name has nothing of it, whatever comes late")
  void makesQueuesAgain() {
    assertThat(store.createQueue(queue("q", 1, 1))).isTrue();
    Holds noHolds = store.holds("q");
    ShareBook noShares = store.shares("q");
    assertThat(noHolds.entries()).isEmpty();
    assertThat(noShares.shares()).isEmpty();
    Holds holds =
        new Holds(
            "q",
            List.of(new Holds.Entry(SMALL, "CAPACITY", JobKey.whole(id(1)), NOW)),
            new Front(JobKey.whole(id(1)), NOW, "", 0, 0),
            noHolds.version() + 1);
    ShareBook shares =
        new ShareBook(
            "q",
            List.of(new ShareBook.Share("a", Map.of(0, NOW), 1, 1, NOW)),
            NOW,
            noShares.version() + 1);
    assertThat(store.saveHolds(holds)).isTrue();
    assertThat(store.saveShares(shares)).isTrue();
    assertThat(store.createQueue(queue("q", 2, 1))).as("taken").isFalse();
    assertThat(store.holds("q")).isEqualTo(holds);
    assertThat(store.shares("q")).isEqualTo(shares);

    assertThat(store.removeQueue("q", 1)).isTrue();
    assertThat(store.createQueue(queue("q", 3, 1))).isTrue();
    Holds fresh = store.holds("q");
    ShareBook freshShares = store.shares("q");
    assertThat(fresh).isEqualTo(new Holds("q", List.of(), fresh.version()));
    assertThat(freshShares).isEqualTo(new ShareBook("q", List.of(), 0, freshShares.version()));
    for (long late = 1; late <= fresh.version(); late++) {
      assertThat(store.saveHolds(new Holds("q", holds.entries(), holds.front(), late)))
          .as("read before as version %d", late - 1)
          .isFalse();
      assertThat(store.saveShares(new ShareBook("q", shares.shares(), NOW, late)))
          .as("read before as version %d", late - 1)
          .isFalse();
    }
    assertThat(store.holds("q")).isEqualTo(fresh);
    assertThat(store.shares("q")).isEqualTo(freshShares);
  }

  @Test
  @DisplayName("How far rounds have looked is kept for each kind of round, the last word wins")
  void keepsSearches() {
    for (LineSearch.Reader reader : LineSearch.Reader.values()) {
      assertThat(store.search("q", reader)).isEqualTo(LineSearch.none("q", reader));
    }
    LaneKey ofShare = LaneKey.of("q", Lane.OPEN, "a", 9_999);
    LaneKey whole = LaneKey.whole("q", Lane.RUNNABLE);
    List<LineSearch> some =
        List.of(
            new LineSearch("q", Reader.SCHEDULER, ofShare, new Position(NOW - 1, id(1)), NOW),
            new LineSearch("q", Reader.SCHEDULER, whole, null, NOW + 1),
            LineSearch.none("q", Reader.SCHEDULER));
    LineSearch other = new LineSearch("q", Reader.CAPACITY, null, null, NOW + 7);
    store.saveSearch(other);
    for (LineSearch search : some) {
      store.saveSearch(search);
      assertThat(store.search("q", Reader.SCHEDULER)).isEqualTo(search);
    }
    assertThat(store.search("q", Reader.CAPACITY)).isEqualTo(other);
    assertThat(store.search("q-2", Reader.CAPACITY))
        .isEqualTo(LineSearch.none("q-2", Reader.CAPACITY));
  }

  @Test
  @DisplayName("Holds and fleets are no queues: a queue is listed alone")
  void listsOnlyQueues() {
    assertThat(store.createQueue(queue("q", 1, 1))).isTrue();
    assertThat(store.saveHolds(new Holds("q", List.of(), store.holds("q").version() + 1))).isTrue();
    assertThat(store.queues()).containsExactly(queue("q", 1, 1));
  }
}
