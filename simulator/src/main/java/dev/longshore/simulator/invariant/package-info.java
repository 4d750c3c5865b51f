/** What must be true after every step, and when all is quiet. */
@NullMarked
package dev.longshore.simulator.invariant;

import org.jspecify.annotations.NullMarked;
