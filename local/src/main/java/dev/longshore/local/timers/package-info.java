/** What happens later, and again and again. */
@NullMarked
package dev.longshore.local.timers;

import org.jspecify.annotations.NullMarked;
