package dev.longshore.core.model;

/**
 * The job that stands first among those of a queue that wait.
 *
 * @param job which
 * @param since epoch ms since when it stands first
 * @param reason first part of the reason for which it waits, if the queue has a time limit for that
 *     reason; otherwise empty
 * @param reasonSince epoch ms since when it stands first for that reason; 0 without one
 * @param awaySince epoch ms since when the reason is another one, for a moment; 0 while it holds
 */
public record Front(JobKey job, long since, String reason, long reasonSince, long awaySince) {}
