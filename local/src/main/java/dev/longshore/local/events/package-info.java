/** What the machine's tasks and hosts say, in the form in which ECS says it. */
@NullMarked
package dev.longshore.local.events;

import org.jspecify.annotations.NullMarked;
