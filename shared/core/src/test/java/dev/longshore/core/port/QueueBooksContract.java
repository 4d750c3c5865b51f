package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.SMALL;
import static dev.longshore.core.port.Samples.id;
import static dev.longshore.core.port.Samples.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Front;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.LineSearch;
import dev.longshore.core.model.LineSearch.Reader;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.ShareBook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a {@link CatalogStore} keeps beside a queue: holds, shares, how far rounds have looked. */
public abstract class QueueBooksContract {
  private CatalogStore store;

  /** An empty store. */
  protected abstract CatalogStore newStore();

  @BeforeEach
  void makeStore() {
    store = newStore();
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
}
