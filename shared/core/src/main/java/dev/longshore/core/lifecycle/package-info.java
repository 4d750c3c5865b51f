/** The one place where a job changes: state and event in, changed job out. */
@NullMarked
package dev.longshore.core.lifecycle;

import org.jspecify.annotations.NullMarked;
