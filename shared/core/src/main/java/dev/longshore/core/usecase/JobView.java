package dev.longshore.core.usecase;

import dev.longshore.core.model.Job;
import org.jspecify.annotations.Nullable;

/**
 * A job as people see it.
 *
 * @param job the stored job, or a child that was not handed over yet, made from its page
 * @param statusReason why it is in its state, when something true can be said
 */
public record JobView(Job job, @Nullable String statusReason) {}
