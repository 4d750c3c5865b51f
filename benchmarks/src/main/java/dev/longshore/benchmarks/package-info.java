/** Figures, each beside a peer, a bound or a goal. */
@NullMarked
package dev.longshore.benchmarks;

import org.jspecify.annotations.NullMarked;
