/** Proves what stream records say. */
@NullMarked
package dev.longshore.aws.stream;

import org.jspecify.annotations.NullMarked;
