/** Rules of scaling and facts of instance types, proved. */
@NullMarked
package dev.longshore.core.capacity;

import org.jspecify.annotations.NullMarked;
