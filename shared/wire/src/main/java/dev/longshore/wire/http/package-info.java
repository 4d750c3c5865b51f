/** Requests and answers of the Batch API: routes, callers, errors, and who serves what. */
@NullMarked
package dev.longshore.wire.http;

import org.jspecify.annotations.NullMarked;
