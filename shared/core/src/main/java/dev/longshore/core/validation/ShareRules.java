package dev.longshore.core.validation;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fair-share settings of a scheduling policy ({@code batch-semantics} 2.12). */
public final class ShareRules {
  private static final int DECAY_SECONDS_MAX = 604_800;
  private static final int RESERVATION_MAX = 99;
  private static final double WEIGHT_MIN = 0.0001;
  private static final double WEIGHT_MAX = 999.9999;
  private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9]{1,255}\\*?");

  private ShareRules() {}

  /** Half-life and reservation; absent ones pass. */
  public static void checkPolicy(@Nullable Integer decaySeconds, @Nullable Integer reservation) {
    Require.range("shareDecaySeconds", decaySeconds, 0, DECAY_SECONDS_MAX);
    Require.range("computeReservation", reservation, 0, RESERVATION_MAX);
  }

  /** Weight of one share; absent means 1.0. */
  public static void checkWeight(@Nullable Float weight) {
    // A float's text is the number that the caller wrote.
    double exact = weight == null ? 1 : Double.parseDouble(weight.toString());
    Require.that(
        exact >= WEIGHT_MIN && exact <= WEIGHT_MAX,
        "weightFactor must be between 0.0001 and 999.9999.");
  }

  /**
   * The identifiers of a distribution: well-formed, at most 500, and no job may match two of them.
   *
   * @param entries identifiers; a trailing {@code *} means all that begin so
   */
  public static void checkIdentifiers(List<String> entries) {
    Require.that(
        entries.size() <= Quotas.SHARES_PER_POLICY,
        "shareDistribution must have at most %d entries.".formatted(Quotas.SHARES_PER_POLICY));
    for (String entry : entries) {
      Require.that(
          ENTRY.matcher(entry).matches(),
          "shareIdentifier %s must consist of letters and digits, optionally ending with *."
              .formatted(entry));
    }
    for (int i = 0; i < entries.size(); i++) {
      for (int j = i + 1; j < entries.size(); j++) {
        if (overlap(entries.get(i), entries.get(j))) {
          throw new ClientFault(
              "shareDistribution entries %s and %s overlap."
                  .formatted(entries.get(i), entries.get(j)));
        }
      }
    }
  }

  private static boolean overlap(String one, String other) {
    return one.equals(other) || covers(one, other) || covers(other, one);
  }

  private static boolean covers(String pattern, String other) {
    return pattern.endsWith("*") && other.startsWith(pattern.substring(0, pattern.length() - 1));
  }
}
