/** Tests of the formulas of fair share. */
@NullMarked
package dev.longshore.core.share;

import org.jspecify.annotations.NullMarked;
