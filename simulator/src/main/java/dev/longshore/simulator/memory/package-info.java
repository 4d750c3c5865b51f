/** Stores that live in a map and keep every promise of their ports, lag included. */
@NullMarked
package dev.longshore.simulator.memory;

import org.jspecify.annotations.NullMarked;
