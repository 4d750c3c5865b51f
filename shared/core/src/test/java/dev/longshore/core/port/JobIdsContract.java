package dev.longshore.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.JobId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link JobIds} keeps. */
public abstract class JobIdsContract {

  /** The IDs of the store with this name: each call a new object, as after a restart. */
  protected abstract JobIds open(String store);

  @Test
  @DisplayName("Random IDs are all different")
  void randomIdsDiffer() {
    JobIds ids = open("a");
    Set<JobId> given = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      given.add(ids.random());
    }
    assertThat(given).hasSize(1_000);
    assertThat(given).allSatisfy(id -> assertThat(id.value().version()).isEqualTo(4));
  }

  @Test
  @DisplayName("The same text gives the same ID, also after a restart; another text another one")
  void derivedIdsFollowTheText() {
    JobId first = open("a").derived("account/caller/invocation/body");
    assertThat(open("a").derived("account/caller/invocation/body")).isEqualTo(first);
    assertThat(open("a").derived("account/caller/invocation/bodz")).isNotEqualTo(first);
    assertThat(open("a").derived("")).isNotEqualTo(first);
  }

  @Test
  @DisplayName("Another store derives another ID from the same text")
  void derivedIdsNeedTheSalt() {
    assertThat(open("a").derived("text")).isNotEqualTo(open("b").derived("text"));
  }

  @Test
  @DisplayName("Derived IDs look like random ones")
  void derivedIdsAreUuids() {
    JobId id = open("a").derived("text");
    assertThat(id.value().version()).isEqualTo(4);
    assertThat(id.value().variant()).isEqualTo(2);
    assertThat(JobId.of(id.toString())).isEqualTo(id);
  }
}
