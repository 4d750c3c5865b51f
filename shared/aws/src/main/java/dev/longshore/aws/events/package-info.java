/** EventBridge: the bus that takes our events, and AWS's events that we take in. */
@NullMarked
package dev.longshore.aws.events;

import org.jspecify.annotations.NullMarked;
