/** Which waiting job goes to which host, and why the others wait. */
@NullMarked
package dev.longshore.core.plan;

import org.jspecify.annotations.NullMarked;
