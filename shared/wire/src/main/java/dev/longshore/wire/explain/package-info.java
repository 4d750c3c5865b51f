/** Why a job waits, in full, for people and programs. */
@NullMarked
package dev.longshore.wire.explain;

import org.jspecify.annotations.NullMarked;
