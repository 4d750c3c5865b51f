/** Events of jobs and queues for listeners on this machine: a stream over HTTP, and a file. */
@NullMarked
package dev.longshore.local.feed;

import org.jspecify.annotations.NullMarked;
