/** Queues, environments, definitions, policies and tags, between the protocol and the core. */
@NullMarked
package dev.longshore.wire.catalog;

import org.jspecify.annotations.NullMarked;
