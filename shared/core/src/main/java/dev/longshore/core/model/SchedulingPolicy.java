package dev.longshore.core.model;

import java.util.Map;

/**
 * A scheduling policy: how the queues that have it divide their capacity.
 *
 * @param name name
 * @param fairShare its settings
 * @param document the same as the user gave them, as the wire module wrote it
 * @param tags tags
 * @param version grows by one with each stored change, 1 when created
 */
public record SchedulingPolicy(
    String name, FairShare fairShare, String document, Map<String, String> tags, long version) {
  public SchedulingPolicy {
    tags = Map.copyOf(tags);
  }

  /** The next version, with other tags. */
  public SchedulingPolicy tagged(Map<String, String> tags) {
    return new SchedulingPolicy(name, fairShare, document, tags, version + 1);
  }

  /** The next version, with other settings. */
  public SchedulingPolicy changed(FairShare fairShare, String document) {
    return new SchedulingPolicy(name, fairShare, document, tags, version + 1);
  }
}
