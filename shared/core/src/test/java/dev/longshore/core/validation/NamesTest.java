package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refusedFramed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String LONGEST = "x".repeat(128);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "Ab-9_z", "a_", "a-"})
  @DisplayName("Letters, digits, hyphens and underscores after a letter or digit are a name")
  void good(String name) {
    assertThat(Names.check("jobQueueName", name)).isEqualTo(name);
    assertThat(Names.checkJob(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "_a", "a b", "a.b", "a:1", "ä", "a/b", "a\n"})
  @DisplayName("Anything else is not a name")
  void bad(String name) {
    refusedFramed(
        "jobQueueName should match valid pattern [A-Za-z0-9][A-Za-z0-9_-]{0,127}",
        () -> Names.check("jobQueueName", name));
    refusedFramed("Job name should match valid pattern", () -> Names.checkJob(name));
  }

  @Test
  @DisplayName("A name has at most 128 characters")
  void length() {
    assertThat(Names.isName(LONGEST)).isTrue();
    assertThat(Names.isName(LONGEST + "x")).isFalse();
  }

  @Test
  @DisplayName("A missing or empty name is required")
  void missing() {
    refusedFramed("jobQueueName is required.", () -> Names.check("jobQueueName", null));
    refusedFramed("jobName is required.", () -> Names.checkJob(""));
  }
}
