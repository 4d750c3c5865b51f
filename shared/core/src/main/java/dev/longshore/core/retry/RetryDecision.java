package dev.longshore.core.retry;

import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.RetryStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an ended attempt is followed by another one ({@code batch-semantics} 9.1).
 * Timeouts, cancelled and terminated jobs never reach it: they are not retried whatever it says.
 */
public final class RetryDecision {
  private RetryDecision() {}

  /**
   * True when another attempt follows: attempts are left, and the first rule whose members all
   * match says RETRY, or none matches.
   *
   * @param attemptsOver attempts that have ended, the last one included
   * @param statusReason why the last attempt ended
   * @param reason the container's own reason; ordinary exits have none
   * @param exitCode absent when none is known: the host was lost or the container never ran
   */
  public static boolean retries(
      RetryStrategy strategy,
      int attemptsOver,
      String statusReason,
      @Nullable String reason,
      @Nullable Integer exitCode) {
    if (attemptsOver >= strategy.attempts()) {
      return false;
    }
    String containerReason = reason == null || reason.isEmpty() ? null : reason;
    for (ExitRule rule : strategy.rules()) {
      if (applies(rule, statusReason, containerReason, exitCode)) {
        return rule.retry();
      }
    }
    return true;
  }

  private static boolean applies(
      ExitRule rule, String statusReason, @Nullable String reason, @Nullable Integer exitCode) {
    // AWS's own example matches a status reason with onReason; without a container reason the
    // status reason is the only text that can be meant.
    String effectiveReason = reason == null ? statusReason : reason;
    return allows(rule.onStatusReason(), statusReason)
        && allows(rule.onReason(), effectiveReason)
        && allows(rule.onExitCode(), exitCode == null ? null : exitCode.toString());
  }

  private static boolean allows(@Nullable String pattern, @Nullable String value) {
    if (pattern == null || pattern.equals("*")) {
      return true;
    }
    if (value == null) {
      return false;
    }
    return pattern.endsWith("*")
        ? value.startsWith(pattern.substring(0, pattern.length() - 1))
        : value.equals(pattern);
  }
}
