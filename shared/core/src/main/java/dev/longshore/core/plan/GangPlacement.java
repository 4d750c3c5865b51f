package dev.longshore.core.plan;

import dev.longshore.core.model.HostId;
import java.util.List;

/**
 * A decision: all nodes of a multi-node job go to these hosts, each alone on its own.
 *
 * @param demand place of the demand in the snapshot's list
 * @param hosts of one environment, by index of the node
 */
public record GangPlacement(int demand, List<HostId> hosts) {
  public GangPlacement {
    hosts = List.copyOf(hosts);
  }
}
