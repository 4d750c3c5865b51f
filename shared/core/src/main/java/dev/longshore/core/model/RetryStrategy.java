package dev.longshore.core.model;

import java.util.List;

/**
 * How often a job may be moved to RUNNABLE and what decides it ({@code batch-semantics} 9).
 *
 * @param attempts 1 to 10
 * @param rules tested in order, at most 5
 */
public record RetryStrategy(int attempts, List<ExitRule> rules) {
  /** One attempt, no conditions: what a job has when nobody says otherwise. */
  public static final RetryStrategy ONCE = new RetryStrategy(1, List.of());

  public RetryStrategy {
    rules = List.copyOf(rules);
  }
}
