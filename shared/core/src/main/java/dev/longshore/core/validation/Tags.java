package dev.longshore.core.validation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tags of any resource ({@code batch-semantics} 1.6). */
public final class Tags {
  private static final int KEY_MAX = 128;
  private static final int VALUE_MAX = 256;
  private static final String RESERVED = "aws:";

  private Tags() {}

  /**
   * All tags that a resource shall have.
   *
   * @throws ClientFault when there are too many, or one has a bad key or value
   */
  public static Map<String, String> check(Map<String, String> tags) {
    Require.that(
        tags.size() <= Quotas.TAGS,
        "A resource can have at most %d tags, not %d.".formatted(Quotas.TAGS, tags.size()));
    tags.forEach(Tags::checkOne);
    return tags;
  }

  /** What a resource has after {@code added} were put on it: keys not named stay. */
  public static Map<String, String> merged(Map<String, String> current, Map<String, String> added) {
    Require.that(!added.isEmpty(), "tags must have at least one entry.");
    check(added);
    Map<String, String> merged = new HashMap<>(current);
    merged.putAll(added);
    return check(merged);
  }

  /** What a resource has after these keys were taken off; keys that it lacks are ignored. */
  public static Map<String, String> without(Map<String, String> current, Collection<String> keys) {
    Require.that(
        !keys.isEmpty() && keys.size() <= Quotas.TAGS,
        "tagKeys must have between 1 and %d entries.".formatted(Quotas.TAGS));
    Map<String, String> left = new HashMap<>(current);
    left.keySet().removeAll(keys);
    return left;
  }

  private static void checkOne(String key, String value) {
    Require.that(
        !key.isEmpty() && key.length() <= KEY_MAX,
        "Tag keys must have between 1 and %d characters.".formatted(KEY_MAX));
    Require.that(
        value.length() <= VALUE_MAX,
        "The value of tag %s must have at most %d characters.".formatted(key, VALUE_MAX));
    Require.that(
        !key.toLowerCase(Locale.ROOT).startsWith(RESERVED),
        "Tag key %s is not allowed: the prefix aws: is reserved.".formatted(key));
  }
}
