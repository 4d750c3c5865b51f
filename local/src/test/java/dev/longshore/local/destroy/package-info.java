/** What is left of a service when it goes. */
@NullMarked
package dev.longshore.local.destroy;

import org.jspecify.annotations.NullMarked;
