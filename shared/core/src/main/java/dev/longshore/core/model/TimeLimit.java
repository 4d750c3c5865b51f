package dev.longshore.core.model;

/**
 * How long a job may stand at the head of its queue, RUNNABLE, for one reason, before it is
 * cancelled ({@code batch-semantics} 13.2).
 *
 * @param reason first part of the status reason, such as {@code
 *     CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY}
 * @param maxSeconds 600 to 86,400
 */
public record TimeLimit(String reason, int maxSeconds) {}
