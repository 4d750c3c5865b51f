/** Tests of the whole, and the rules that hold across modules. */
@NullMarked
package dev.longshore.integration;

import org.jspecify.annotations.NullMarked;
