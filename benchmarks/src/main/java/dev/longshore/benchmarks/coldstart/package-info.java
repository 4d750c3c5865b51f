/** How long a function of the deployed stack takes from nothing to its first answer. */
@NullMarked
package dev.longshore.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
