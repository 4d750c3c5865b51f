/** What the template says. */
@NullMarked
package dev.longshore.infra;

import org.jspecify.annotations.NullMarked;
