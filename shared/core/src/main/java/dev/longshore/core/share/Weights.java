package dev.longshore.core.share;

import dev.longshore.core.model.FairShare;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What each share weighs: with half the weight it gets twice as much. */
public final class Weights {
  private Weights() {}

  /**
   * The weights of these active shares. An entry for a prefix is for all of them that begin so
   * together: with two of them each weighs twice as much ({@code batch-semantics} 14.1).
   */
  public static Map<String, Double> of(FairShare policy, Collection<String> active) {
    Map<String, Integer> members = new HashMap<>();
    for (String share : active) {
      policy
          .weightOf(share)
          .filter(FairShare.Weight::isPrefix)
          .ifPresent(weight -> members.merge(weight.identifier(), 1, Integer::sum));
    }
    Map<String, Double> weights = new HashMap<>();
    for (String share : active) {
      double weight =
          policy
              .weightOf(share)
              .map(entry -> entry.factor() * members.getOrDefault(entry.identifier(), 1))
              .orElse(1.0);
      weights.put(share, weight);
    }
    return weights;
  }

  /**
   * vCPUs that are kept for shares that are not active yet: {@code (reservation / 100) ^ active} of
   * the maximum.
   */
  public static double reserved(FairShare policy, int active, int maxVcpus) {
    return maxVcpus * Math.pow(policy.reservation() / 100.0, active);
  }
}
