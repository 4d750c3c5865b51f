/** Figures, each beside a peer or a bound. */
@NullMarked
package dev.longshore.benchmarks;

import org.jspecify.annotations.NullMarked;
