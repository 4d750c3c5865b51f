package dev.longshore.wire.catalog;

import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param entries what is on it
 * @param nextToken for the next page, null on the last one
 */
record Listing<T>(List<T> entries, @Nullable String nextToken) {

  /**
   * A page of things that are all at hand.
   *
   * @param sorted ascending by {@code key}
   * @param query see {@link PageToken#of}
   */
  static <T> Listing<T> of(
      List<T> sorted,
      Function<T, String> key,
      String query,
      @Nullable Integer maxResults,
      @Nullable String nextToken) {
    int limit = limit(maxResults);
    String after = nextToken == null ? "" : PageToken.position(query, nextToken);
    List<T> rest = sorted.stream().filter(each -> key.apply(each).compareTo(after) > 0).toList();
    if (rest.size() <= limit) {
      return new Listing<>(rest, null);
    }
    List<T> page = rest.subList(0, limit);
    return new Listing<>(page, PageToken.of(query, key.apply(page.getLast())));
  }

  /** Entries on a page: what was asked for, at most 100. */
  static int limit(@Nullable Integer maxResults) {
    Require.that(maxResults == null || maxResults >= 1, "maxResults must be at least 1.");
    return maxResults == null ? Quotas.PAGE : Math.min(maxResults, Quotas.PAGE);
  }
}
