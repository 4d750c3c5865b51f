package dev.longshore.core.plan;

import dev.longshore.core.model.FairShare;
import java.util.Map;
import java.util.Set;

/**
 * What a round knows of the shares of a queue.
 *
 * @param policy how they divide the capacity
 * @param recent vCPUs that each share held on average until now
 * @param active shares that count as active even when nothing of them waits or runs
 */
public record FairQueue(FairShare policy, Map<String, Double> recent, Set<String> active) {
  public FairQueue {
    recent = Map.copyOf(recent);
    active = Set.copyOf(active);
  }
}
