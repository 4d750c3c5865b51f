package dev.longshore.core.validation;

import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.RetryStrategy;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Retry strategies of definitions and submissions ({@code batch-semantics} 9). */
public final class RetryRules {
  private static final int PATTERN_MAX = 512;
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9.:\\s]*\\*?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]*\\*?");

  private RetryRules() {}

  /**
   * A strategy.
   *
   * @param attempts 1 to 10; required
   * @param rules at most 5
   */
  public static RetryStrategy strategy(@Nullable Integer attempts, List<ExitRule> rules) {
    if (attempts == null) {
      throw ClientFault.wrapped("RetryAttempts must be provided with retry strategy");
    }
    Require.range("retryStrategy.attempts", attempts, 1, Quotas.RETRY_ATTEMPTS);
    Require.that(
        rules.size() <= Quotas.RETRY_CONDITIONS,
        "retryStrategy.evaluateOnExit must have at most %d entries."
            .formatted(Quotas.RETRY_CONDITIONS));
    return new RetryStrategy(attempts, rules);
  }

  /**
   * One condition.
   *
   * @param action RETRY or EXIT, in any case
   */
  public static ExitRule rule(
      @Nullable String onStatusReason,
      @Nullable String onReason,
      @Nullable String onExitCode,
      @Nullable String action) {
    checkPattern("onStatusReason", onStatusReason, TEXT);
    checkPattern("onReason", onReason, TEXT);
    checkPattern("onExitCode", onExitCode, NUMBER);
    String known = Require.text("evaluateOnExit.action", action).toUpperCase(Locale.ROOT);
    Require.that(
        known.equals("RETRY") || known.equals("EXIT"),
        "evaluateOnExit.action must be RETRY or EXIT.");
    return new ExitRule(onStatusReason, onReason, onExitCode, known.equals("RETRY"));
  }

  private static void checkPattern(String member, @Nullable String pattern, Pattern form) {
    if (pattern == null) {
      return;
    }
    Require.that(
        !pattern.isEmpty() && pattern.length() <= PATTERN_MAX,
        "evaluateOnExit.%s must have between 1 and %d characters.".formatted(member, PATTERN_MAX));
    String allowed = form == NUMBER ? "digits" : "letters, digits, periods, colons and white space";
    Require.that(
        form.matcher(pattern).matches(),
        "evaluateOnExit.%s must consist of %s, optionally ending with *."
            .formatted(member, allowed));
  }
}
