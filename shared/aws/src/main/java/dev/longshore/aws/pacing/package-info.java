/** Keeps calls below the rates that AWS allows. */
@NullMarked
package dev.longshore.aws.pacing;

import org.jspecify.annotations.NullMarked;
