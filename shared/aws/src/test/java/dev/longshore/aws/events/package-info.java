/** Tests of the event bus and of instance events. */
@NullMarked
package dev.longshore.aws.events;

import org.jspecify.annotations.NullMarked;
