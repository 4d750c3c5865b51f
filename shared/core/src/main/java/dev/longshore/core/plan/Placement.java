package dev.longshore.core.plan;

import dev.longshore.core.model.HostId;

/**
 * A decision: the next jobs of a demand go to a host.
 *
 * @param demand place of the demand in the snapshot's list
 * @param host where
 * @param count how many, at least 1
 */
public record Placement(int demand, HostId host, int count) {}
