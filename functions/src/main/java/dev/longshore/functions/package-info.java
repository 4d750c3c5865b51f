/** Lambda handlers: decode, one use case, encode. */
@NullMarked
package dev.longshore.functions;

import org.jspecify.annotations.NullMarked;
