/** Puts use cases, adapters and handlers together; nothing is decided here. */
@NullMarked
package dev.longshore.functions.wiring;

import org.jspecify.annotations.NullMarked;
