/** Array jobs: pages of children, their hand-over and their roll-up into the parent. */
@NullMarked
package dev.longshore.core.family;

import org.jspecify.annotations.NullMarked;
