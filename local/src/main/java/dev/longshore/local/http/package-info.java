/** The HTTP endpoint of local mode. */
@NullMarked
package dev.longshore.local.http;

import org.jspecify.annotations.NullMarked;
