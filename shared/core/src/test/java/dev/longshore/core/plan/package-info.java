/** Rules of planning, proved by scenarios and seeded properties. */
@NullMarked
package dev.longshore.core.plan;

import org.jspecify.annotations.NullMarked;
