/** Tests of what use cases decide without any store. */
@NullMarked
package dev.longshore.core.usecase;

import org.jspecify.annotations.NullMarked;
