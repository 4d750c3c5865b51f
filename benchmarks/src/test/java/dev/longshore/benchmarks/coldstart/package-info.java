/** Whether functions can be started as the benchmark starts them. */
@NullMarked
package dev.longshore.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
