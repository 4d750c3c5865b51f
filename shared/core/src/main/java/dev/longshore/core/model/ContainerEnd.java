package dev.longshore.core.model;

import org.jspecify.annotations.Nullable;

/**
 * How one container of a task of several ended.
 *
 * @param name name of the container
 * @param exitCode absent when it never ran or nobody knows
 * @param reason the container-level text
 */
public record ContainerEnd(String name, @Nullable Integer exitCode, @Nullable String reason) {}
