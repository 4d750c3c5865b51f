package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.validation.ClientFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How shares come into the book of their queue, and how many may ({@code batch-semantics} 14). */
class ShareLimitTest {
  private static final int MOST = 500;
  private static final long WINDOW_MILLIS = 600_000;

  private final Rig rig = new Rig();
  private final Service service = rig.service(Alteration.NONE);

  private static SubmitJob.Command of(@Nullable String share, List<JobId> after) {
    return new SubmitJob.Command(
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
        share,
        0,
        new JobDocument("{}", Map.of()),
        ChildOrder.NONE,
        List.of(),
        null);
  }

  private JobId submit(String share) {
    return service.submit().submit(of(share, List.of()));
  }

  private void assertRefused(Service by, String share) {
    Optional<ShareBook.Share> before = rig.catalog.shares(Setting.SHARED).find(share);
    assertThatThrownBy(() -> by.submit().submit(of(share, List.of())))
        .isInstanceOf(ClientFault.class)
        .hasMessageStartingWith("JobQueue shared has 500 active share identifiers");
    assertThat(rig.catalog.shares(Setting.SHARED).find(share)).isEqualTo(before);
  }

  private void fill(int shares) {
    for (int number = 0; number < shares; number++) {
      submit("s" + number);
    }
  }

  @Test
  @DisplayName("A job with the 501st active share is refused, one with a known share is not")
  void theLimit() {
    fill(MOST);
    assertRefused(service, "more");
    submit("s17");
    assertThat(rig.catalog.shares(Setting.SHARED).shares()).hasSize(MOST);
  }

  @Test
  @DisplayName(
      "A share counts until the window after its last job has passed, then others may come")
  void inactiveSharesDoNotCount() {
    submit("old");
    rig.now += WINDOW_MILLIS + 1;
    fill(MOST);
    assertRefused(service, "more");
    assertRefused(service, "old");
    rig.now += WINDOW_MILLIS + 1;
    submit("more");
    submit("old");
  }

  @Test
  @DisplayName("Of two new shares at the same moment only the one that there is room for comes in")
  void twoAtOnce() {
    fill(MOST - 1);
    AtomicBoolean once = new AtomicBoolean();
    Alteration overtaken =
        new Alteration() {
          @Override
          public CatalogStore catalog(CatalogStore real) {
            return Twist.of(
                CatalogStore.class,
                real,
                (method, _, call) -> {
                  if (method.equals("saveShares") && once.compareAndSet(false, true)) {
                    submit("faster");
                  }
                  return call.answer();
                });
          }
        };
    assertRefused(rig.service(overtaken), "slower");
    assertThat(rig.catalog.shares(Setting.SHARED).find("faster")).isPresent();
  }

  @Test
  @DisplayName("A job that waited for long enters its share again when it may start")
  void entersAgain() {
    JobId job = submit("c");
    ShareBook again = rig.catalog.shares(Setting.SHARED);
    rig.catalog.saveShares(new ShareBook(again.queue(), List.of(), 0, again.version() + 1));
    service.progress().accept(List.of(new Change.JobChanged(JobKey.whole(job))));
    assertThat(rig.catalog.shares(Setting.SHARED).find("c")).isPresent();
  }
}
