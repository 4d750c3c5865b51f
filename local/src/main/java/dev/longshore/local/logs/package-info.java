/** Log streams of jobs: one file for each, and marks that say when its bytes came. */
@NullMarked
package dev.longshore.local.logs;

import org.jspecify.annotations.NullMarked;
