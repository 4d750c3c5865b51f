package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.NO_DOCUMENT;
import static dev.longshore.core.port.Samples.STOP;
import static dev.longshore.core.port.Samples.array;
import static dev.longshore.core.port.Samples.ended;
import static dev.longshore.core.port.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.StopRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link JobStore} keeps of the pages of arrays. */
public abstract class ArrayPageContract {
  private static final JobId PARENT = id(1);

  private JobStore store;

  /** An empty store. */
  protected abstract JobStore newStore(InstantSource clock, Duration retention);

  @BeforeEach
  void makeStore() {
    store = newStore(() -> Instant.ofEpochMilli(NOW), Duration.ofDays(7));
  }

  private static ArrayPage page(int number, int arraySize) {
    return ArrayPage.unwritten(PARENT, number, arraySize, ChildState.RUNNABLE);
  }

  private static ArrayPage handOver(ArrayPage page, int index) {
    return page.with((at, state) -> at == index ? ChildState.HANDED_OVER : state);
  }

  @Test
  @DisplayName("A page with children in every state comes back as it was saved")
  void comesBack() {
    ChildState[] all = ChildState.values();
    for (int size : new int[] {2, 3, 999, 1_000}) {
      JobId job = id(10 + size);
      ArrayPage page =
          ArrayPage.unwritten(job, 0, size, ChildState.PENDING)
              .with((index, _) -> all[(index + 1) % all.length]);
      assertThat(store.savePage(page)).isTrue();
      assertThat(store.page(job, 0)).contains(page);
    }
  }

  @Test
  @DisplayName("The reasons why children were stopped come back, for single ones and for the rest")
  void reasonsComeBack() {
    StopRequest again = new StopRequest(StopRequest.Kind.CANCEL, STOP.reason(), NOW + 1);
    StopRequest rest = new StopRequest(StopRequest.Kind.SERVICE, "Grüße", NOW + 2);
    ArrayPage page =
        page(9, 10_000).stopUnstarted(9_000, STOP).stopUnstarted(9_999, again).stopUnstarted(rest);
    ArrayPage first = new ArrayPage(PARENT, 9, page.states(), page.stops(), rest, 1);
    assertThat(store.savePage(first)).isTrue();
    assertThat(store.page(PARENT, 9)).contains(first);
  }

  @Test
  @DisplayName("A page is saved only over the version before it; version 1 only where none is")
  void saveIsConditional() {
    ArrayPage first = handOver(page(0, 10), 1);
    ArrayPage second = handOver(first, 2);
    ArrayPage third = handOver(second, 3);
    assertThat(store.savePage(second)).as("nothing stored").isFalse();
    assertThat(store.page(PARENT, 0)).isEmpty();
    assertThat(store.savePage(first)).isTrue();
    assertThat(store.savePage(first)).as("repeated").isFalse();
    assertThat(store.savePage(third)).as("skips a version").isFalse();
    assertThat(store.page(PARENT, 0)).contains(first);
    assertThat(store.savePage(second)).isTrue();
    assertThat(store.savePage(handOver(first, 5))).as("lost the race").isFalse();
    assertThat(store.page(PARENT, 0)).contains(second);
  }

  @Test
  @DisplayName("A page that is saved with its parent is saved only while that is as it was read")
  void savedWithTheParent() {
    Job parent = array(1, "q", 10);
    ArrayPage first = handOver(page(0, 10), 1);
    ArrayPage second = handOver(first, 2);
    assertThat(store.savePage(first, parent)).as("no such parent").isFalse();
    assertThat(store.create(parent, NO_DOCUMENT)).isTrue();
    assertThat(store.savePage(second, parent)).as("skips a version").isFalse();
    assertThat(store.page(PARENT, 0)).isEmpty();
    assertThat(store.savePage(first, parent)).isTrue();
    assertThat(store.page(PARENT, 0)).contains(first);
    Job later = parent.in(ended(NOW));
    assertThat(store.save(later)).isTrue();
    assertThat(store.savePage(second, parent)).as("another parent").isFalse();
    assertThat(store.page(PARENT, 0)).contains(first);
    assertThat(store.savePage(second, later)).isTrue();
    assertThat(store.page(PARENT, 0)).contains(second);
  }

  @Test
  @DisplayName("Stored pages are listed by number; those never written are missing")
  void listsStoredPages() {
    ArrayPage third = handOver(page(3, 10_000), 3_500);
    ArrayPage last = handOver(page(9, 10_000), 9_001);
    assertThat(store.savePage(last)).isTrue();
    assertThat(store.savePage(third)).isTrue();
    assertThat(store.savePage(handOver(ArrayPage.unwritten(id(2), 0, 5, ChildState.PENDING), 0)))
        .isTrue();
    assertThat(store.pages(PARENT)).containsOnlyKeys(3, 9).containsEntry(3, third);
    assertThat(store.page(PARENT, 4)).isEmpty();
    assertThat(store.pages(id(77))).isEmpty();
  }

  @Test
  @DisplayName("The end of the parent leaves its pages as they are")
  void pagesOutliveTheEnd() {
    Job parent = array(1, "q", 10);
    assertThat(store.create(parent, NO_DOCUMENT)).isTrue();
    ArrayPage page = page(0, 10).with((_, _) -> ChildState.SUCCEEDED);
    assertThat(store.savePage(page)).isTrue();
    assertThat(store.save(parent.in(ended(NOW)))).isTrue();
    assertThat(store.pages(PARENT)).containsOnlyKeys(0).containsEntry(0, page);
  }
}
