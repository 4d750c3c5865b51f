/** Hosts that are envelopes of this machine. */
@NullMarked
package dev.longshore.local.hosts;

import org.jspecify.annotations.NullMarked;
