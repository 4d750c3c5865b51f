/** Contract tests: what every implementation of a port keeps, in memory or real. */
@NullMarked
package dev.longshore.core.port;

import org.jspecify.annotations.NullMarked;
