/** Which hosts to launch and which to drain, and what instance types offer. */
@NullMarked
package dev.longshore.core.capacity;

import org.jspecify.annotations.NullMarked;
