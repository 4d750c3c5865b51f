/** What surrounds the service: virtual time, chance, hosts, tasks, queues and their faults. */
@NullMarked
package dev.longshore.simulator.world;

import org.jspecify.annotations.NullMarked;
