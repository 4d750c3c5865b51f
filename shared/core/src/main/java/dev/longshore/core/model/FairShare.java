package dev.longshore.core.model;

import java.util.List;
import java.util.Optional;

/**
 * How a fair-share queue divides its capacity ({@code batch-semantics} 14.1).
 *
 * @param decaySeconds for how long the past counts, 0 to 604,800; 0 means ten minutes
 * @param reservation percent that is kept for shares that are not active yet, 0 to 99
 * @param weights of shares that do not weigh 1
 */
public record FairShare(int decaySeconds, int reservation, List<Weight> weights) {
  private static final int SHORTEST_SECONDS = 600;

  /** What a policy without settings says. */
  public static final FairShare DEFAULT = new FairShare(0, 0, List.of());

  public FairShare {
    weights = List.copyOf(weights);
  }

  /**
   * The weight of a share, or of all shares that begin so together.
   *
   * @param identifier a share identifier; a trailing {@code *} means all that begin so
   * @param factor the lower, the more the share gets; positive
   */
  public record Weight(String identifier, double factor) {
    /** True when it is meant for all shares that begin so. */
    public boolean isPrefix() {
      return identifier.endsWith("*");
    }

    /** True when it is meant for this share. */
    public boolean covers(String share) {
      return isPrefix()
          ? share.startsWith(identifier.substring(0, identifier.length() - 1))
          : share.equals(identifier);
    }
  }

  /** The one entry that is meant for this share; entries never overlap. */
  public Optional<Weight> weightOf(String share) {
    return weights.stream().filter(weight -> weight.covers(share)).findFirst();
  }

  /** For how long the past counts, in ms. */
  public long windowMillis() {
    return Math.max(SHORTEST_SECONDS, decaySeconds) * 1000L;
  }
}
