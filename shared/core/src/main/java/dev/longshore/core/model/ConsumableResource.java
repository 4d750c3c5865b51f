package dev.longshore.core.model;

import java.util.Map;
import java.util.Set;

/**
 * A counted pool that jobs take from while they run: licences and the like ({@code batch-semantics}
 * 15).
 *
 * @param name name
 * @param kind what becomes of what a job took
 * @param total how much there is, what is taken included
 * @param claims what is taken
 * @param updates when updates with a client token were made, epoch ms by token
 * @param tags tags
 * @param createdAt epoch ms
 * @param version grows with each stored change but the giving back of claims, 1 when created: a
 *     stale reader sees too little that is free, never too much
 */
public record ConsumableResource(
    String name,
    Kind kind,
    long total,
    Set<Claim> claims,
    Map<String, Long> updates,
    Map<String, String> tags,
    long createdAt,
    long version) {

  /** So many attempts can take from one resource at a time: more do not fit into one item. */
  public static final int CLAIMS_MAX = 8_000;

  /** More than anybody has of anything; sums of claims stay far from the end of the numbers. */
  public static final long QUANTITY_MAX = 1_000_000_000_000L;

  public ConsumableResource {
    claims = Set.copyOf(claims);
    updates = Map.copyOf(updates);
    tags = Map.copyOf(tags);
  }

  /** What becomes of what a job took. */
  public enum Kind {
    /** It comes back when the attempt is over. */
    REPLENISHABLE,
    /** It is used up. */
    NON_REPLENISHABLE
  }

  /**
   * A new one. Its versions begin with the time, so that those of one that had its name and was
   * deleted do not come again: a round that read that one loses.
   */
  public static ConsumableResource fresh(
      String name, Kind kind, long total, Map<String, String> tags, long now) {
    return new ConsumableResource(name, kind, total, Set.of(), Map.of(), tags, now, now);
  }

  /** What is taken now. */
  public long inUse() {
    return claims.stream().mapToLong(Claim::quantity).sum();
  }

  /**
   * What nobody has taken; never less than 0, even if the total was lowered below what is taken.
   */
  public long available() {
    return Math.max(0, total - inUse());
  }

  /** The next version, with another total, remembering these updates. */
  public ConsumableResource changed(long total, Map<String, Long> updates) {
    return new ConsumableResource(name, kind, total, claims, updates, tags, createdAt, version + 1);
  }

  /** The next version, with other tags. */
  public ConsumableResource tagged(Map<String, String> tags) {
    return new ConsumableResource(name, kind, total, claims, updates, tags, createdAt, version + 1);
  }

  /** The next version, with these claims and that total. */
  public ConsumableResource withClaims(Set<Claim> claims, long total, long version) {
    return new ConsumableResource(name, kind, total, claims, updates, tags, createdAt, version);
  }
}
