package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.SchedulingPolicy;
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
  @DisplayName("Holds and fleets are no queues: a queue is listed alone")
  void listsOnlyQueues() {
    assertThat(store.createQueue(queue("q", 1, 1))).isTrue();
    assertThat(store.saveHolds(new Holds("q", List.of(), store.holds("q").version() + 1))).isTrue();
    assertThat(store.queues()).containsExactly(queue("q", 1, 1));
  }
}
