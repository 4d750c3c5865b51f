/** What deployed functions tell their operators: structured logs and metrics, as lines of JSON. */
@NullMarked
package dev.longshore.functions.telemetry;

import org.jspecify.annotations.NullMarked;
