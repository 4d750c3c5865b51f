/** Portions of work as queue messages. */
@NullMarked
package dev.longshore.aws.work;

import org.jspecify.annotations.NullMarked;
