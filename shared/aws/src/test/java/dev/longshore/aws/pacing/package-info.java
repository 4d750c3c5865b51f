/** Tests of pacing. */
@NullMarked
package dev.longshore.aws.pacing;

import org.jspecify.annotations.NullMarked;
