/** The whole service in one JVM. */
@NullMarked
package dev.longshore.local;

import org.jspecify.annotations.NullMarked;
