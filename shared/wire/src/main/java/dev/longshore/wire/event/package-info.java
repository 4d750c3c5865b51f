/** Events of jobs and queues as EventBridge delivers those of AWS Batch. */
@NullMarked
package dev.longshore.wire.event;

import org.jspecify.annotations.NullMarked;
