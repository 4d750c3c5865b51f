/** Queues in memory that deliver as SQS and Lambda do. */
@NullMarked
package dev.longshore.local.queue;

import org.jspecify.annotations.NullMarked;
