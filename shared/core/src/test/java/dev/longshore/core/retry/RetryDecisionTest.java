package dev.longshore.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.RetryStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Checklist 11: the table of evaluateOnExit")
class RetryDecisionTest {
  private static final String EXITED = "Essential container in task exited";
  private static final String HOST_LOST = "Host EC2 (instance i-0abc) terminated.";

  private static ExitRule rule(
      @Nullable String onStatusReason,
      @Nullable String onReason,
      @Nullable String onExitCode,
      boolean retry) {
    return new ExitRule(onStatusReason, onReason, onExitCode, retry);
  }

  private static RetryStrategy three(ExitRule... rules) {
    return new RetryStrategy(3, List.of(rules));
  }

  @Test
  @DisplayName("Without rules a job is retried until its attempts are used up")
  void noRules() {
    assertThat(RetryDecision.retries(three(), 1, EXITED, null, 1)).isTrue();
    assertThat(RetryDecision.retries(three(), 2, EXITED, null, 1)).isTrue();
    assertThat(RetryDecision.retries(three(), 3, EXITED, null, 1)).isFalse();
    assertThat(RetryDecision.retries(RetryStrategy.ONCE, 1, EXITED, null, 1)).isFalse();
  }

  @Test
  @DisplayName("RETRY has no effect when no attempts are left")
  void retryCannotAddAttempts() {
    RetryStrategy strategy = three(rule(null, null, "*", true));
    assertThat(RetryDecision.retries(strategy, 3, EXITED, null, 1)).isFalse();
  }

  @Test
  @DisplayName("The first rule that matches decides, whatever later ones say")
  void firstMatchDecides() {
    RetryStrategy strategy = three(rule(null, null, "1", false), rule(null, null, "*", true));
    assertThat(RetryDecision.retries(strategy, 1, EXITED, null, 1)).isFalse();
    assertThat(RetryDecision.retries(strategy, 1, EXITED, null, 2)).isTrue();
  }

  @Test
  @DisplayName("When no rule matches the job is retried")
  void nothingMatches() {
    RetryStrategy strategy = three(rule(null, null, "137", false));
    assertThat(RetryDecision.retries(strategy, 1, EXITED, null, 1)).isTrue();
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @DisplayName("A rule that names one member looks at that one only")
  @CsvSource({
    "Essential*, , , true",
    "Host*, , , false",
    ", OutOfMemory*, , true",
    ", Cannot*, , false",
    ", , 13*, true",
    ", , 13, false",
  })
  void oneMember(
      @Nullable String statusReason, @Nullable String reason, @Nullable String code, boolean ends) {
    RetryStrategy strategy = three(rule(statusReason, reason, code, false));
    assertThat(RetryDecision.retries(strategy, 1, EXITED, "OutOfMemoryError: no", 137))
        .isEqualTo(!ends);
  }

  @Test
  @DisplayName("All members that a rule names must match")
  void allMembersMustMatch() {
    RetryStrategy strategy = three(rule("Essential*", "OutOfMemory*", "137", false));
    String outOfMemory = "OutOfMemoryError: Container killed due to memory usage";
    assertThat(RetryDecision.retries(strategy, 1, EXITED, outOfMemory, 137)).isFalse();
    assertThat(RetryDecision.retries(strategy, 1, EXITED, outOfMemory, 1)).isTrue();
    assertThat(RetryDecision.retries(strategy, 1, EXITED, null, 137)).isTrue();
    assertThat(RetryDecision.retries(strategy, 1, HOST_LOST, outOfMemory, 137)).isTrue();
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @DisplayName("Only a trailing star is a wildcard; case and every other character count")
  @CsvSource({
    "Host EC2*, Host EC2 (instance i-0abc) terminated., true",
    "host ec2*, Host EC2 (instance i-0abc) terminated., false",
    "Host EC2, Host EC2 (instance i-0abc) terminated., false",
    "*EC2*, Host EC2 (instance i-0abc) terminated., false",
    "Task failed to start, Task failed to start, true",
    "Task.failed to start, Task failed to start, false",
    "Task failed to start*, Task failed to start, true",
    "*, Task failed to start, true",
  })
  void patterns(String pattern, String statusReason, boolean matches) {
    RetryStrategy strategy = three(rule(pattern, null, null, false));
    assertThat(RetryDecision.retries(strategy, 1, statusReason, null, null)).isEqualTo(!matches);
  }

  @Test
  @DisplayName("A lone star matches a value that is absent; no other pattern does")
  void loneStarMatchesAbsent() {
    RetryStrategy catchAll = three(rule(null, "*", "*", false));
    assertThat(RetryDecision.retries(catchAll, 1, EXITED, null, null)).isFalse();
    RetryStrategy prefix = three(rule(null, null, "1*", false));
    assertThat(RetryDecision.retries(prefix, 1, HOST_LOST, null, null)).isTrue();
    assertThat(RetryDecision.retries(prefix, 1, EXITED, null, 137)).isFalse();
  }

  @Test
  @DisplayName("onReason also matches the status reason when the container gave no reason")
  void onReasonFallsBackToStatusReason() {
    RetryStrategy strategy = three(rule(null, "Task failed to start", null, false));
    assertThat(RetryDecision.retries(strategy, 1, "Task failed to start", null, null)).isFalse();
    assertThat(RetryDecision.retries(strategy, 1, "Task failed to start", "", null)).isFalse();
    assertThat(
            RetryDecision.retries(
                strategy, 1, "Task failed to start", "CannotPullContainerError: no", null))
        .isTrue();
  }

  @Test
  @DisplayName("Spot pattern of the wild: retry on a lost host, exit on anything else")
  void spotPattern() {
    RetryStrategy strategy =
        three(rule("Host EC2*", null, null, true), rule(null, "*", null, false));
    assertThat(RetryDecision.retries(strategy, 1, HOST_LOST, null, null)).isTrue();
    assertThat(RetryDecision.retries(strategy, 1, EXITED, null, 1)).isFalse();
  }
}
