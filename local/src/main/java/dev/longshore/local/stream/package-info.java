/** Reads the stream of the embedded table and calls its reader, as an event source mapping does. */
@NullMarked
package dev.longshore.local.stream;

import org.jspecify.annotations.NullMarked;
