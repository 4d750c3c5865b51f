/** Runs jobs as processes or containers of this machine. */
@NullMarked
package dev.longshore.local.runner;

import org.jspecify.annotations.NullMarked;
