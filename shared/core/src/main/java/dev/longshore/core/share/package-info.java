/** What the shares of a fair-share queue have had, and what they weigh: formulas only. */
@NullMarked
package dev.longshore.core.share;

import org.jspecify.annotations.NullMarked;
