package dev.longshore.core.model;

import java.util.Map;

/**
 * A revision of a job definition. What runs is in the document; submission reads it there.
 *
 * @param id name and revision
 * @param active false once it was deregistered
 * @param document all that was registered, as the wire module wrote it
 * @param tags tags
 * @param createdAt epoch ms
 * @param deregisteredAt epoch ms, 0 while active; inactive revisions are purged after 180 days
 * @param version grows by one with each stored change, 1 when registered
 */
public record JobDefinition(
    DefinitionId id,
    boolean active,
    String document,
    Map<String, String> tags,
    long createdAt,
    long deregisteredAt,
    long version) {
  public JobDefinition {
    tags = Map.copyOf(tags);
  }

  /** The next version, with other tags. */
  public JobDefinition tagged(Map<String, String> tags) {
    return new JobDefinition(id, active, document, tags, createdAt, deregisteredAt, version + 1);
  }

  /** The next version, no longer active since {@code now}. */
  public JobDefinition deregistered(long now) {
    return new JobDefinition(id, false, document, tags, createdAt, now, version + 1);
  }
}
