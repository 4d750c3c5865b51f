/** The AWS Batch protocol: routes, JSON, errors, events, and the way to and from the core. */
@NullMarked
package dev.longshore.wire;

import org.jspecify.annotations.NullMarked;
