/** What a finished job means for the jobs that wait for it. */
@NullMarked
package dev.longshore.core.dependency;

import org.jspecify.annotations.NullMarked;
