/** What entry points add to handlers. */
@NullMarked
package dev.longshore.functions.lambda;

import org.jspecify.annotations.NullMarked;
