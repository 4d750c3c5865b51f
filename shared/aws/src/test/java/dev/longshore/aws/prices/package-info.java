/** Tests of the instance types of a Region. */
@NullMarked
package dev.longshore.aws.prices;

import org.jspecify.annotations.NullMarked;
