/** Operations on jobs, and what a job's container gets to see. */
@NullMarked
package dev.longshore.wire.jobs;

import org.jspecify.annotations.NullMarked;
