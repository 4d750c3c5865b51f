/** What the service does, each a short sequence of reads, a decision and writes. */
@NullMarked
package dev.longshore.core.usecase;

import org.jspecify.annotations.NullMarked;
