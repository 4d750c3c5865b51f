/** Workloads and scenarios, the service wired over the simulated world, and runs of it. */
@NullMarked
package dev.longshore.simulator.scenario;

import org.jspecify.annotations.NullMarked;
