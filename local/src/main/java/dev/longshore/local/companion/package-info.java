/**
 * The few calls to other services of AWS that clients of Batch make: logs, who am I, and
 * well-formed empty answers.
 */
@NullMarked
package dev.longshore.local.companion;

import org.jspecify.annotations.NullMarked;
