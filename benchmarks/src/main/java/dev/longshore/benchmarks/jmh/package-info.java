/** Microbenchmarks of what every round and every request runs. */
@NullMarked
package dev.longshore.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
