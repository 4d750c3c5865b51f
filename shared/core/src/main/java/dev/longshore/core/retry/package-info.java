/** Whether an ended attempt is followed by another one. */
@NullMarked
package dev.longshore.core.retry;

import org.jspecify.annotations.NullMarked;
