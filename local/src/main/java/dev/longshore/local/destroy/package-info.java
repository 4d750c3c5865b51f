/** What {@code ./longshore destroy} does beside {@code cdk destroy}: nothing may stay behind. */
@NullMarked
package dev.longshore.local.destroy;

import org.jspecify.annotations.NullMarked;
