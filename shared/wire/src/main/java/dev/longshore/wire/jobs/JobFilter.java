package dev.longshore.wire.jobs;

import dev.longshore.core.model.LineEntry;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;

/**
 * The one filter of a listing ({@code batch-semantics} 2.3). Several values: any of them.
 *
 * @param matches tested on what the index knows
 * @param createdAfter epoch ms, exclusive
 * @param createdBefore epoch ms, exclusive
 * @param withStatus true when {@code jobStatus} counts beside it
 */
record JobFilter(
    Predicate<LineEntry> matches, long createdAfter, long createdBefore, boolean withStatus) {
  private static final Pattern EPOCH_MILLIS = Pattern.compile("[0-9]{1,18}");
  private static final String NAMES =
      "JOB_NAME, JOB_DEFINITION, BEFORE_CREATED_AT, AFTER_CREATED_AT or SHARE_IDENTIFIER";

  /** Lets everything pass. */
  static final JobFilter NONE = of(_ -> true, true);

  /**
   * Reads a filter.
   *
   * @throws ClientFault when its name is unknown or a value is wrong
   */
  static JobFilter of(KeyValuesPair filter) {
    String name = Require.text("filters.name", filter.name());
    List<String> values = filter.values();
    Require.that(!values.isEmpty(), "filters.values must have at least one entry.");
    return switch (name) {
      case "JOB_NAME" -> of(anyOf(values, JobFilter::byName), false);
      case "JOB_DEFINITION" -> of(anyOf(values, JobFilter::byDefinition), false);
      case "SHARE_IDENTIFIER" -> of(entry -> values.contains(entry.share()), true);
      case "BEFORE_CREATED_AT" ->
          new JobFilter(
              _ -> true,
              Long.MIN_VALUE,
              values.stream().mapToLong(JobFilter::millis).max().orElseThrow(),
              false);
      case "AFTER_CREATED_AT" ->
          new JobFilter(
              _ -> true,
              values.stream().mapToLong(JobFilter::millis).min().orElseThrow(),
              Long.MAX_VALUE,
              false);
      default -> throw new ClientFault("filters.name must be " + NAMES + ", not " + name + ".");
    };
  }

  private static JobFilter of(Predicate<LineEntry> matches, boolean withStatus) {
    return new JobFilter(matches, Long.MIN_VALUE, Long.MAX_VALUE, withStatus);
  }

  private interface ByValue {
    Predicate<LineEntry> matching(String value);
  }

  private static Predicate<LineEntry> anyOf(List<String> values, ByValue kind) {
    return values.stream().map(kind::matching).reduce(Predicate::or).orElseThrow();
  }

  /** In any case; a trailing asterisk stands for any end. */
  private static Predicate<LineEntry> byName(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return entry -> isLike(entry.name().toLowerCase(Locale.ROOT), lower);
  }

  /** A name means any revision, an ARN or {@code name:revision} just that one. */
  private static Predicate<LineEntry> byDefinition(String value) {
    String wanted = Arns.nameOf(Kind.JOB_DEFINITION, value).orElse("");
    boolean exact = wanted.indexOf(':') >= 0;
    return entry ->
        exact
            ? entry.definition().toString().equals(wanted)
            : isLike(entry.definition().name(), wanted);
  }

  private static boolean isLike(String text, String pattern) {
    return pattern.endsWith("*")
        ? text.startsWith(pattern.substring(0, pattern.length() - 1))
        : text.equals(pattern);
  }

  private static long millis(String value) {
    Require.that(
        EPOCH_MILLIS.matcher(value).matches(),
        "filters.values must be epoch milliseconds, not " + value + ".");
    return Long.parseLong(value);
  }
}
