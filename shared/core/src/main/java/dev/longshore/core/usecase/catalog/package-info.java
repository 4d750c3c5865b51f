/** Queues, environments, definitions, policies and tags: how they are made, changed and removed. */
@NullMarked
package dev.longshore.core.usecase.catalog;

import org.jspecify.annotations.NullMarked;
