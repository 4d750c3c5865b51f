/** The shipped use cases on virtual time. */
@NullMarked
package dev.longshore.simulator;

import org.jspecify.annotations.NullMarked;
