/** Rules of retrying, proved. */
@NullMarked
package dev.longshore.core.retry;

import org.jspecify.annotations.NullMarked;
