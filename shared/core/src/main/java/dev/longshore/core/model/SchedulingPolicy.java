package dev.longshore.core.model;

import java.util.Map;

/**
 * A scheduling policy. Stored and given back; queues do not use it yet.
 *
 * @param name name
 * @param document the fair-share settings, as the wire module wrote them
 * @param tags tags
 * @param version grows by one with each stored change, 1 when created
 */
public record SchedulingPolicy(
    String name, String document, Map<String, String> tags, long version) {
  public SchedulingPolicy {
    tags = Map.copyOf(tags);
  }
}
