/** What instance types there are, what they offer and what they cost. */
@NullMarked
package dev.longshore.aws.prices;

import org.jspecify.annotations.NullMarked;
