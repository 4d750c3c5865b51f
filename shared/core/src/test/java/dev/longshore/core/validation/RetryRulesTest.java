package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static dev.longshore.core.validation.Refusals.refusedFramed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.RetryStrategy;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRulesTest {
  private static final ExitRule RULE = new ExitRule(null, null, "1", true);

  @Test
  @DisplayName("Checklist 12: A strategy has 1 to 10 attempts")
  void attempts() {
    assertThat(RetryRules.strategy(10, List.of())).isEqualTo(new RetryStrategy(10, List.of()));
    refusedFramed(
        "RetryAttempts must be provided with retry strategy",
        () -> RetryRules.strategy(null, List.of(RULE)));
    refused(
        "retryStrategy.attempts must be between 1 and 10.",
        () -> RetryRules.strategy(0, List.of()));
    refused(
        "retryStrategy.attempts must be between 1 and 10.",
        () -> RetryRules.strategy(11, List.of()));
  }

  @Test
  @DisplayName("A strategy has at most 5 conditions")
  void conditions() {
    assertThat(RetryRules.strategy(1, Collections.nCopies(5, RULE)).rules()).hasSize(5);
    refused(
        "retryStrategy.evaluateOnExit must have at most 5 entries.",
        () -> RetryRules.strategy(1, Collections.nCopies(6, RULE)));
  }

  @ParameterizedTest
  @CsvSource({"RETRY, true", "retry, true", "Exit, false", "EXIT, false"})
  @DisplayName("Checklist 11: The action comes in any case")
  void action(String action, boolean retry) {
    assertThat(RetryRules.rule("Host EC2*", "a: b.", "13*", action))
        .isEqualTo(new ExitRule("Host EC2*", "a: b.", "13*", retry));
  }

  @Test
  @DisplayName("A condition has an action, and a known one")
  void badAction() {
    refusedFramed(
        "evaluateOnExit.action is required.", () -> RetryRules.rule(null, null, "1", null));
    refused(
        "evaluateOnExit.action must be RETRY or EXIT.",
        () -> RetryRules.rule(null, null, "1", "STOP"));
  }

  @ParameterizedTest
  @CsvSource({"*a", "a/b", "a**", "'(x)'"})
  @DisplayName("Patterns of reasons: letters, digits, periods, colons, white space, a last *")
  void reasonPatterns(String pattern) {
    refused(
        "evaluateOnExit.onReason must consist of letters, digits, periods, colons and white"
            + " space, optionally ending with *.",
        () -> RetryRules.rule(null, pattern, null, "EXIT"));
    refused(
        "evaluateOnExit.onStatusReason must consist of letters, digits, periods, colons and"
            + " white space, optionally ending with *.",
        () -> RetryRules.rule(pattern, null, null, "EXIT"));
  }

  @ParameterizedTest
  @CsvSource({"x", "-1", "1 2", "1*2"})
  @DisplayName("Patterns of exit codes: digits, a last *")
  void codePatterns(String pattern) {
    refused(
        "evaluateOnExit.onExitCode must consist of digits, optionally ending with *.",
        () -> RetryRules.rule(null, null, pattern, "EXIT"));
  }

  @Test
  @DisplayName("Patterns have 1 to 512 characters")
  void lengths() {
    String longest = "x".repeat(512);
    assertThat(RetryRules.rule(longest, null, null, "EXIT").onStatusReason()).isEqualTo(longest);
    refused(
        "evaluateOnExit.onStatusReason must have between 1 and 512 characters.",
        () -> RetryRules.rule(longest + "x", null, null, "EXIT"));
    refused(
        "evaluateOnExit.onExitCode must have between 1 and 512 characters.",
        () -> RetryRules.rule(null, null, "", "EXIT"));
  }
}
