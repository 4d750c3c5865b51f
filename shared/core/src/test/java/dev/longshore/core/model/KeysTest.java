package dev.longshore.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.JobKey.Member;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {
  private static final JobId JOB = JobId.of("0d9f3c1e-5b7a-4d43-9a31-3f1c2b4a5d6e");

  private static final List<Member> MEMBERS = List.of(Member.WHOLE, Member.CHILD, Member.NODE);

  @Test
  @DisplayName("Every attempt key is read back from its text, which ECS takes as startedBy")
  void attemptKeysRoundTrip() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 3000; i++) {
      Member member = MEMBERS.get(i % 3);
      int index = member == Member.WHOLE ? 0 : random.nextInt(10_000);
      AttemptKey key =
          new AttemptKey(
              new JobKey(JOB, member, index), 1 + random.nextInt(10), random.nextInt(300));
      assertThat(key.text()).hasSizeLessThanOrEqualTo(36).matches("[A-Za-z0-9_/-]+");
      assertThat(AttemptKey.parse(key.text())).contains(key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ecs-svc/123", "a/b/c", "AAAAAAAAAAAAAAAAAAAAAA/_/1-0", "x/1/1-"})
  @DisplayName("A startedBy that is not ours is no attempt key")
  void foreignTasks(String startedBy) {
    assertThat(AttemptKey.parse(startedBy)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":3", "#0", ":9999", "#12"})
  @DisplayName("A job, a child and a node are read back from their IDs")
  void jobKeys(String suffix) {
    assertThat(JobKey.parse(JOB + suffix).orElseThrow()).hasToString(JOB + suffix);
  }

  @ParameterizedTest
  @ValueSource(strings = {":", ":x", "/3", ":-1", ":123456", "#", "0"})
  @DisplayName("What is no job ID is told apart")
  void badJobKeys(String suffix) {
    assertThat(JobKey.parse(JOB + suffix)).isEmpty();
    assertThat(JobKey.parse(suffix)).isEmpty();
  }
}
