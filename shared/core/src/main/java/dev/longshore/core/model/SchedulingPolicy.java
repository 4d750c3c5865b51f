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

  /** The next version, with other tags. */
  public SchedulingPolicy tagged(Map<String, String> tags) {
    return new SchedulingPolicy(name, document, tags, version + 1);
  }

  /** The next version, with other settings. */
  public SchedulingPolicy changed(String document) {
    return new SchedulingPolicy(name, document, tags, version + 1);
  }
}
