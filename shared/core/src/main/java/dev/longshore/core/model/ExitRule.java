package dev.longshore.core.model;

import org.jspecify.annotations.Nullable;

/**
 * One condition of {@code evaluateOnExit} ({@code batch-semantics} 9.1). Members that are absent
 * are not tested.
 *
 * @param onStatusReason pattern for the attempt's status reason
 * @param onReason pattern for the container's reason
 * @param onExitCode pattern for the decimal exit code
 * @param retry true for RETRY, false for EXIT
 */
public record ExitRule(
    @Nullable String onStatusReason,
    @Nullable String onReason,
    @Nullable String onExitCode,
    boolean retry) {}
